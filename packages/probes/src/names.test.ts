import { describe, expect, it } from 'vitest';
import { candidates, inHosts } from './names.ts';

describe('a hosts file', () => {
  const text =
    '127.0.0.1 localhost\n::1\tlocalhost ip6-localhost # both\n#10.0.0.1 nas\n\nnonsense nas\n10.0.0.2 NAS.lan nas\n';

  it('has all the addresses of a name', () => {
    expect(inHosts(text, 'localhost')).toEqual([
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
    expect(inHosts(text, 'nas')).toEqual([{ address: '10.0.0.2', family: 4 }]);
    expect(inHosts(text, 'nas.LAN.')).toEqual([{ address: '10.0.0.2', family: 4 }]);
    expect(inHosts(text, 'both')).toEqual([]);
  });
});

describe('a name', () => {
  it('without a dot is looked for in the search domains first', () => {
    expect(candidates('nas', 'nameserver 10.0.0.1\nsearch old\nsearch  space.lan lan\n')).toEqual([
      'nas.space.lan',
      'nas.lan',
      'nas',
    ]);
    expect(candidates('nas', '')).toEqual(['nas']);
    expect(candidates('nas.space', 'search lan')).toEqual(['nas.space']);
  });
});
