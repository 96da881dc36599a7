import type { ServiceName, ServiceReport } from '@huismeester/contracts';
import { useResource } from '../../api/resource.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { Facts } from '../../parts/table.tsx';
import { serviceNames } from './service-names.ts';
import { words } from './words.ts';

/** Each service with how far its events got; one that is away says so in its place. */
export function Services() {
  return (
    <Section title={words.value.services}>
      <div class="cards">
        {serviceNames.map((name) => (
          <section key={name} class="card" aria-label={name}>
            <ServiceCard name={name} />
          </section>
        ))}
      </div>
    </Section>
  );
}

function ServiceCard({ name }: { readonly name: ServiceName }) {
  const text = words.value;
  const report = useResource<ServiceReport>(`/api/v1/${name}/status`, [name]);
  return (
    <>
      <h3>{name}</h3>
      <Fetched of={report} forWhom={text.forTeam}>
        {({ ready, parts, version, head, consumers, waiting }) => (
          <div class="stack">
            <Mark tone={ready ? 'good' : 'bad'}>{ready ? text.ready : text.notReady}</Mark>
            {parts
              .filter((part) => !part.ready)
              .map((part) => (
                <p key={part.name}>
                  {part.name}: {part.detail}
                </p>
              ))}
            <Facts
              of={[
                [text.version, version],
                [text.head, head],
                [text.lag, consumers.reduce((sum, { lag }) => sum + lag, 0)],
              ]}
            />
            {waiting.map((each) => (
              <p key={each} class="small">
                {each}
              </p>
            ))}
          </div>
        )}
      </Fetched>
    </>
  );
}
