import { badParameter } from './api-error.ts';

/** One parameter, in the words of Proxmox's JSON schema. */
export interface Parameter {
  type: 'string' | 'integer' | 'boolean';
  maxLength?: number;
  optional?: boolean;
  minimum?: number;
  maximum?: number;
  enum?: readonly string[];
  /** A named format: a test for it, and what the real one says when it fails. */
  format?: { test: RegExp; complaint: string };
}

export type Parameters = Readonly<Record<string, Parameter>>;
export type Values = Readonly<Record<string, string | number | boolean>>;

export const node: Parameter = {
  type: 'string',
  format: {
    test: /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    complaint: 'value does not look like a valid node name',
  },
};
export const vmid: Parameter = { type: 'integer', minimum: 100, maximum: 999_999_999 };
export const flag: Parameter = { type: 'boolean', optional: true };
export const count: Parameter = { type: 'integer', minimum: 0, optional: true };
export const integer: Parameter = { type: 'integer', optional: true };
export const text: Parameter = { type: 'string' };
export const optionalText: Parameter = { type: 'string', optional: true };
export const optionalVmid: Parameter = { ...vmid, optional: true };
export const optionalNode: Parameter = { ...node, optional: true };
export const dnsName: Parameter = {
  type: 'string',
  optional: true,
  format: {
    test: /^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\.)*[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    complaint: 'value does not look like a valid DNS name',
  },
};
export const choice = (...values: string[]): Parameter => ({ type: 'string', optional: true, enum: values });

function typeProblem(parameter: Parameter, value: string): string | undefined {
  const { type } = parameter;
  const wrong =
    (type === 'boolean' && value !== '0' && value !== '1') ||
    (type === 'integer' && !/^[+-]?\d+$/.test(value));
  return wrong ? `type check ('${type}') failed - got '${value}'` : undefined;
}

function problem(parameter: Parameter, value: string): string | undefined {
  const wrongType = typeProblem(parameter, value);
  if (wrongType !== undefined) return wrongType;
  if (parameter.maxLength !== undefined && value.length > parameter.maxLength)
    return `value may only be ${parameter.maxLength} characters long`;
  if (parameter.format && !parameter.format.test.test(value))
    return `invalid format - ${parameter.format.complaint}\n`;
  const { minimum, maximum } = parameter;
  if (maximum !== undefined && Number(value) > maximum)
    return `value must have a maximum value of ${maximum}`;
  if (minimum !== undefined && Number(value) < minimum)
    return `value must have a minimum value of ${minimum}`;
  if (parameter.enum && !parameter.enum.includes(value))
    return `value '${value}' does not have a value in the enumeration '${parameter.enum.join(', ')}'`;
  return undefined;
}

function converted(parameter: Parameter, value: string): string | number | boolean {
  if (parameter.type === 'integer') return Number(value);
  return parameter.type === 'boolean' ? value === '1' : value;
}

/**
 * Checks parameters like PVE::JSONSchema::validate and gives them their types.
 * Throws a 400 with one line for each parameter that is wrong, missing or unknown.
 */
export function verify(parameters: Parameters, given: Readonly<Record<string, string>>): Values {
  const errors: Record<string, string> = {};
  const values: Record<string, string | number | boolean> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = given[name];
    if (value === undefined) {
      if (!parameter.optional) errors[name] = 'property is missing and it is not optional';
      continue;
    }
    const wrong = problem(parameter, value);
    if (wrong === undefined) values[name] = converted(parameter, value);
    else errors[name] = wrong;
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(parameters, name))
      errors[name] = 'property is not defined in schema and the schema does not allow additional properties';
  }
  if (Object.keys(errors).length > 0) throw badParameter(errors);
  return values;
}
