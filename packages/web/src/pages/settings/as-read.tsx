import type { Setting } from '@huismeester/contracts';
import { useList } from '../../api/resource.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { Section } from '../../parts/page.tsx';
import { Table } from '../../parts/table.tsx';
import { words } from './words.ts';

/** The settings as the program read them, with its defaults, a part of space.yaml at a time. */
export function AsRead() {
  const text = words.value;
  // They are read at the start: no event changes them.
  const settings = useList<Setting>('/api/v1/settings', []);
  return (
    <Section title={text.asRead}>
      <p class="soft">{text.asReadLead}</p>
      <Fetched of={settings} forWhom={text.forTeam}>
        {(all) => (
          <div class="settings-parts">
            {[...Map.groupBy(all, partOf)].map(([part, own]) => (
              <details key={part}>
                <summary>
                  {part} <span class="small">{own.length}</span>
                </summary>
                <Values part={part} settings={own} />
              </details>
            ))}
          </div>
        )}
      </Fetched>
    </Section>
  );
}

function Values({ part, settings }: { readonly part: string; readonly settings: readonly Setting[] }) {
  const text = words.value;
  return (
    <Table
      caption={text.settingsOf(part)}
      rows={settings}
      keyOf={({ path }) => path}
      columns={[
        { head: text.setting, of: ({ path }) => <code>{path}</code> },
        { head: text.value, of: (each) => <Value of={each} /> },
      ]}
    />
  );
}

function Value({ of: { value, secret } }: { readonly of: Setting }) {
  const text = words.value;
  if (secret === true) return <span class="soft">{text.secret}</span>;
  if (typeof value === 'boolean') return <>{value ? text.yes : text.no}</>;
  return value === undefined || value === '' ? (
    <span class="soft">{text.nothing}</span>
  ) : (
    <code>{value}</code>
  );
}

/** Where a path begins: `hypervisors` of `hypervisors[0].id`. */
function partOf({ path }: Setting): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}
