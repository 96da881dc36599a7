import type { MeResource } from '@huismeester/contracts';
import { useAct } from '../../api/act.ts';
import { known, useResource } from '../../api/resource.ts';
import { logOut, may } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Facts } from '../../parts/table.tsx';
import { common } from '../../words/common.ts';
import { Displays } from './displays.tsx';
import { MyData } from './my-data.tsx';
import { Preferences } from './preferences.tsx';
import { Sessions } from './sessions.tsx';
import './style.css';
import { Tokens } from './tokens.tsx';
import { words } from './words.ts';

/** `/account`: who one is here, where one is logged in, and what one chose. */
export default function AccountPage() {
  const text = words.value;
  const who = useResource<MeResource>('/api/v1/me', ['membership']);
  const out = useAct(logOut);
  const isPerson = known(who)?.person !== undefined;
  return (
    <Page
      title={common.value.pages.account}
      lead={text.lead}
      act={
        isPerson && (
          <Button busy={out.busy} onClick={() => void out.run()}>
            {text.logOut}
          </Button>
        )
      }
    >
      <Fetched of={who}>
        {(me) => (
          <>
            <You me={me} />
            {me.session !== undefined && (
              <>
                <Sessions />
                <Preferences />
                <Tokens me={me} />
                {may('infrateam', 'administrator') && <Displays />}
                <MyData />
              </>
            )}
          </>
        )}
      </Fetched>
    </Page>
  );
}

/** Name, roles, and where these come from. */
function You({ me }: { readonly me: MeResource }) {
  const text = words.value;
  const { terms, none } = common.value;
  const { uid, name, mail, roles, register, groups, name_in_log: inLog } = me;
  return (
    <Section title={name ?? uid ?? text.you}>
      <div class="card stack">
        <Facts
          of={[
            [text.facts.login, uid ?? none],
            [text.facts.mail, mail?.join(', ') || none],
            [text.facts.roles, roles.map((role) => terms.roles[role]).join(', ') || none],
            [text.facts.register, register === undefined ? text.notInRegister : terms.registers[register]],
          ]}
        />
        <div>
          <h3>{text.from}</h3>
          <p class="small">{text.fromLead}</p>
          <ul class="plain">
            {groups?.map(({ group, path }) => (
              <li key={group}>
                {path.length === 0
                  ? text.direct(terms.groups[group])
                  : text.through(terms.groups[group], path.join(' → '))}
              </li>
            ))}
            {register !== undefined && <li>{text.inRegister(terms.registers[register])}</li>}
          </ul>
          {groups === undefined && <p>{common.value.unknown}</p>}
          {groups?.length === 0 && <p>{text.fromNone}</p>}
        </div>
        <p class="small">
          {text.facts.inLog}: <code>{inLog}</code>
        </p>
      </div>
    </Section>
  );
}
