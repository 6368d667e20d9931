import { StoreFault } from '../log-store.ts';
import type { Connection } from './connection.ts';

/**
 * Checks every role that the login is or may take (SET ROLE needs no inheritance). Such a role must not change or
 * remove rows of the log, put a trigger or a table before rows to come, own any part of the log, or be able to give
 * itself such a right. Partitions have rights of their own, and may lie in another schema.
 */
const MAY_CHANGE = `
  WITH parts AS (
    SELECT c.oid, c.relowner FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND (c.relnamespace = 'access_log'::regnamespace OR EXISTS (
      SELECT FROM pg_inherits i
      WHERE i.inhrelid = c.oid AND i.inhparent IN ('access_log.groups'::regclass, 'access_log.answers'::regclass)))
  ), owners (id) AS (
    SELECT relowner FROM parts
    UNION SELECT proowner FROM pg_proc WHERE pronamespace = 'access_log'::regnamespace
    UNION SELECT nspowner FROM pg_namespace WHERE oid = 'access_log'::regnamespace
    UNION SELECT datdba FROM pg_database WHERE datname = current_database()
  )
  SELECT count(*) > 0 AS may_change FROM pg_roles r
  WHERE pg_has_role(session_user, r.oid, 'MEMBER') AND (
    r.rolsuper OR r.rolcreaterole
    OR r.rolname IN ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program')
    OR r.oid IN (SELECT id FROM owners)
    OR has_schema_privilege(r.oid, 'access_log', 'CREATE')
    OR EXISTS (
      SELECT FROM parts p
      WHERE has_table_privilege(r.oid, p.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
        OR has_any_column_privilege(r.oid, p.oid, 'UPDATE')))`;

/** Members of the indexer's role, superusers aside, may change what searches the log. */
const MAY_CHANGE_INDEX = `SELECT pg_has_role(session_user, 'access_log_indexer', 'MEMBER') AS may_change`;

/** Rejects with StoreFault where the login could change the search index, though another one was named for that. */
export async function assertNoIndexer(connection: Connection): Promise<void> {
  const [row] = await connection.query<{ may_change: boolean }>(MAY_CHANGE_INDEX);
  if (row?.may_change !== false) throw new StoreFault('login-may-change-index', false);
}

/**
 * Rejects with StoreFault where the login could change the log. "Insert only" must not be a matter of trust in the
 * holder of the login.
 */
export async function assertInsertOnly(connection: Connection): Promise<void> {
  const [row] = await connection.query<{ may_change: boolean }>(MAY_CHANGE);
  if (row?.may_change !== false) throw new StoreFault('login-may-change-log', false);
}
