-- Has each log get a new epoch when its service starts again. A copy of a database notices by itself that it is one; a
-- restored snapshot of a disk or of a VM cannot: after such, psql --file=new-epoch.sql with Huismeester stopped.
do $$
declare
  log record;
begin
  for log in
    select schemaname from pg_catalog.pg_tables where tablename = 'log_head' order by schemaname
  loop
    execute format('update %I.log_head set origin = %L', log.schemaname, 'restored ' || now());
  end loop;
end
$$;
