/** Where a wiki is. */
export interface WikiPlace {
  /** The folder of its databases and settings. */
  readonly dir: string;
  readonly port: number;
}

/** MediaWiki's LocalSettings.php, as its installer writes it, but for what costs time here: it waits for no disk and loads no skin. */
export function localSettings({ dir, port }: WikiPlace, more: string): string {
  const sqlite = (name: string) => `[ 'type' => 'sqlite', 'dbname' => '${name}', 'tablePrefix' => '',
  'variables' => [ 'synchronous' => 'OFF' ], 'dbDirectory' => '${dir}', 'trxMode' => 'IMMEDIATE', 'flags' => 0 ]`;
  return `<?php
$wgSitename = 'Space wiki';
$wgMetaNamespace = 'Space_wiki';
$wgServer = 'http://127.0.0.1:${port}';
$wgScriptPath = '';
$wgDBtype = 'sqlite';
$wgDBname = 'wiki';
$wgSQLiteDataDir = '${dir}';
$wgDBservers = [ [ 'load' => 1 ] + ${sqlite('wiki')} ];
$wgObjectCaches[CACHE_DB] = [ 'class' => SqlBagOStuff::class, 'server' => ${sqlite('wikicache')} ];
$wgLocalisationCacheConf['storeServer'] = ${sqlite('wiki_l10n_cache')};
$wgJobTypeConf['default'] = [ 'class' => 'JobQueueDB', 'claimTTL' => 3600, 'server' => ${sqlite('wiki_jobqueue')} ];
$wgMainCacheType = CACHE_NONE;
$wgJobRunRate = 0;
$wgLanguageCode = 'nl';
$wgSecretKey = '${'0'.repeat(64)}';
$wgPingback = false;
${more}
`;
}
