import { useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Section } from '../../parts/page.tsx';
import { words } from './words.ts';

const fileName = 'huismeester-me.json';

/** All that is kept about oneself, as a file. */
export function MyData() {
  const text = words.value;
  const act = useAct(async () => {
    const { value } = await send('/api/v1/me/export', {});
    save(JSON.stringify(value, null, 2));
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
