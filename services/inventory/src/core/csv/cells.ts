import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { type Row, shown, type Wrong } from './table.ts';

/** The cells of one record, and what is wrong with them. */
export interface Cells {
  readonly line: number;
  /** Whether the file has this column. */
  has(column: string): boolean;
  /** Empty where the file has no such column. */
  text(column: string): string;
  /** What the cell says; undefined where it is empty, or does not fit its schema, which is noted. */
  value<Schema extends TSchema>(column: string, schema: Schema): Static<Schema> | undefined;
  /** A part of what it says, which must fit its schema. */
  part<Schema extends TSchema>(column: string, text: string, schema: Schema): Static<Schema> | undefined;
  /** As {@link value}; that there is nothing is wrong, too. */
  needed<Schema extends TSchema>(column: string, schema: Schema): Static<Schema> | undefined;
  /** `yes` or `no`; undefined where the cell is empty. */
  flag(column: string): boolean | undefined;
  note(column: string, found: string, allowed: string): void;
  readonly wrong: readonly Wrong[];
}

const flags: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  ja: true,
  no: false,
  false: false,
  nee: false,
};

export function cellsOf({ line, cells }: Row): Cells {
  const wrong: Wrong[] = [];
  const self: Cells = {
    line,
    wrong,
    has: (column) => cells.has(column),
    text: (column) => cells.get(column) ?? '',
    note(column, found, allowed) {
      wrong.push({ field: `line ${line}, ${column}`, found: shown(found), allowed });
    },
    value(column, schema) {
      const found = self.text(column);
      return found === '' ? undefined : self.part(column, found, schema);
    },
    part(column, found, schema) {
      if (fits(schema, found)) return found;
      self.note(column, found, allowedBy(schema));
      return undefined;
    },
    needed(column, schema) {
      if (self.text(column) === '') self.note(column, '', allowedBy(schema));
      return self.value(column, schema);
    },
    flag(column) {
      const found = self.text(column).trim().toLowerCase();
      if (Object.hasOwn(flags, found)) return flags[found];
      if (found !== '') self.note(column, found, 'yes, no');
      return undefined;
    },
  };
  return self;
}

const validators = new WeakMap<TSchema, Validator>();

/** Compiled once: a file has tens of thousands of cells. */
function fits<Schema extends TSchema>(schema: Schema, found: unknown): found is Static<Schema> {
  const validator = validators.get(schema) ?? Compile(schema);
  validators.set(schema, validator);
  return validator.Check(found);
}

interface Words {
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly description?: string;
}

/** What fits a schema of texts, in words. */
function allowedBy(schema: TSchema): string {
  const { enum: words, minLength, maxLength, format, description }: Words = schema;
  if (words) return words.join(', ');
  if (format === 'date') return 'a day such as 2027-03-31';
  const length = maxLength === undefined ? undefined : `${minLength ?? 0} to ${maxLength} characters`;
  return [description, length].filter((each) => each !== undefined).join(', ');
}
