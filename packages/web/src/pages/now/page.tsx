import type { Now } from '@huismeester/contracts';
import { useResource } from '../../api/resource.ts';
import { me } from '../../app/session.ts';
import { nowServices } from '../../app/space-state.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { LogIn } from '../../parts/log-in.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { common } from '../../words/common.ts';
import { AskedList } from './asked.tsx';
import { Cut } from './cut.tsx';
import { Last } from './last.tsx';
import { NextSteps } from './next-steps.tsx';
import { Parts } from './parts.tsx';
import { Sentence } from './sentence.tsx';
import './style.css';
import { words } from './words.ts';

/** `/`: how the space is, what is asked of whoever looks, and what happened last. */
export default function NowPage() {
  const now = useResource<Now>('/api/v1/now', nowServices);
  const text = words.value;
  return (
    <Page title={common.value.pages.now}>
      <Fetched of={now} lines={5}>
        {(found) => (
          <>
            <Sentence now={found} />
            {found.outages !== undefined && found.outages.length > 0 && <Cut outages={found.outages} />}
            <Parts now={found} />
            {found.asked !== undefined && (
              <Section title={text.asked}>
                <AskedList asked={found.asked} />
              </Section>
            )}
            <NextSteps of={found} />
            {found.last !== undefined && <Last all={found.last} />}
          </>
        )}
      </Fetched>
      {me.value === 'nobody' && <LogIn />}
    </Page>
  );
}
