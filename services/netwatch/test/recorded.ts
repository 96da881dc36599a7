const ifEntry = '1.3.6.1.2.1.2.2.1';
const [ifType, ifAdminStatus, ifOperStatus] = [`${ifEntry}.3`, `${ifEntry}.7`, `${ifEntry}.8`] as const;
const ifName = '1.3.6.1.2.1.31.1.1.1.1';

/** ifOperStatus of one interface. */
export const operStatusOf = (ifIndex: number): string => `${ifOperStatus}.${ifIndex}`;

/** What is recorded of a column, by ifIndex. */
function columnOf(recording: string, oid: string): Map<number, string> {
  const cells = recording
    .split(/\r?\n/)
    .filter((line) => line.startsWith(`${oid}.`))
    .map((line) => line.split('|'));
  return new Map(
    cells.map(([instance = '', type, value = '']) => [
      Number(instance.slice(oid.length + 1)),
      type === '4x' ? Buffer.from(value, 'hex').toString() : value,
    ]),
  );
}

/** down, notPresent and lowerLayerDown. */
const downs = new Set(['2', '6', '7']);

/** The ports of a recording (snmprec) in which each has a name of its own: ethernetCsmacd, gigabitEthernet and ieee8023adLag. */
export function recordedPorts(recording: string) {
  const names = columnOf(recording, ifName);
  const [admin, oper] = [columnOf(recording, ifAdminStatus), columnOf(recording, ifOperStatus)];
  const stateOf = (ifIndex: number) => {
    const status = oper.get(ifIndex) ?? '';
    if (admin.get(ifIndex) === '2') return 'unknown';
    return status === '1' ? 'up' : downs.has(status) ? 'down' : 'unknown';
  };
  return [...columnOf(recording, ifType)]
    .filter(([, type]) => ['6', '117', '161'].includes(type))
    .map(([ifIndex]) => {
      const name = names.get(ifIndex) ?? '';
      return { ifIndex, name, id: name.toLowerCase().replaceAll('/', '-'), state: stateOf(ifIndex) };
    });
}
