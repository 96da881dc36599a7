import type { EventPage } from '@huismeester/contracts';
import { useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Section } from '../../parts/page.tsx';
import { words } from './words.ts';

const fileName = 'huismeester-me.json';

const ofService = /^\/api\/v1\/[\w-]+\/about-me$/;
/** As much of a log as is answered at once. */
const most = 1000;

/** What membership keeps, and what it says is kept elsewhere, by where that is. */
async function everything(): Promise<object> {
  const { value } = await send('/api/v1/me/export', {});
  const { elsewhere } = value as { readonly elsewhere: readonly string[] };
  const rest = await Promise.all(
    elsewhere.map(async (path) => [path, await (ofService.test(path) ? eventsOf(path) : answerOf(path))]),
  );
  return { ...(value as object), elsewhere: Object.fromEntries(rest) };
}

async function answerOf(path: string): Promise<unknown> {
  return (await send(`${path}?limit=${most}`, {})).value;
}

/** A log, page by page. */
async function eventsOf(path: string): Promise<EventPage> {
  const all: EventPage['events'] = [];
  for (;;) {
    const after = all.at(-1)?.position ?? 0;
    const { value } = await send(`${path}?after=${after}&limit=${most}`, {});
    const page = value as EventPage;
    all.push(...page.events);
    if (page.events.length < most) return { ...page, events: all };
  }
}

/** All that is kept about oneself, as a file. */
export function MyData() {
  const text = words.value;
  const act = useAct(async () => {
    save(JSON.stringify(await everything(), null, 2));
  });
  return (
    <Section title={text.data}>
      <p>{text.dataLead}</p>
      <p class="small">{text.dataHint}</p>
      {act.failure && <FailureNote failure={act.failure} />}
      <div class="acts">
        <Button busy={act.busy} onClick={() => void act.run()}>
          {text.download}
        </Button>
      </div>
    </Section>
  );
}

function save(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
