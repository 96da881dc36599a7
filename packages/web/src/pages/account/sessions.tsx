import type { SessionResource } from '@huismeester/contracts';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { useList } from '../../api/resource.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { Table } from '../../parts/table.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { words } from './words.ts';

const path = '/api/v1/sessions';

/** Where one is logged in; each of them can be ended from here. */
export function Sessions() {
  const text = words.value;
  const sessions = useList<SessionResource>(path, ['membership']);
  const end = useAct(async (id: string) => {
    await send(`${path}/${id}`, { method: 'DELETE' });
    done(text.ended(id));
  });
  return (
    <Section title={text.sessions}>
      <p class="soft">{text.sessionsLead}</p>
      {end.failure && <FailureNote failure={end.failure} />}
      <Fetched of={sessions}>
        {(all) => (
          <Table
            caption={text.sessions}
            keyOf={({ id }) => id}
            rows={all}
            columns={[
              {
                head: 'id',
                of: ({ id, current }) => (
                  <>
                    <code>{id}</code> {current && <Mark tone="good">{text.thisOne}</Mark>}
                  </>
                ),
              },
              { head: text.made, of: ({ created }) => <When at={created} /> },
              { head: text.expires, of: ({ expires }) => <When at={expires} /> },
              {
                head: text.end,
                of: ({ id, current }) =>
                  current ? (
                    common.value.none
                  ) : (
                    <Button busy={end.busy} label={text.endOf(id)} onClick={() => void end.run(id)}>
                      {text.end}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Fetched>
    </Section>
  );
}
