/**
 * Finished segments of the log are copied beside the data directory once a first backup exists (before that nothing
 * could be restored from them). The copy gets its name only when it is whole; after a crash PostgreSQL may offer the
 * same segment again, which must then succeed.
 */
const ARCHIVE = [
  'test ! -f ../wal/archiving ||',
  '{ test -f ../wal/%f && cmp -s %p ../wal/%f; } ||',
  '{ test ! -f ../wal/%f && cp %p ../wal/%f.part && sync ../wal/%f.part && mv ../wal/%f.part ../wal/%f; }',
].join(' ')

const COMMON = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  jit: 'off',
  // Tables used as queues change all their rows many times an hour.
  autovacuum_naptime: '15s',
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_analyze_scale_factor: '0.05',
  autovacuum_vacuum_cost_limit: '1000',
  // Messages about failed statements quote the values in them, which are people's answers: the app logs its own.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_line_prefix: '%m [%p] ',
}

const DURABLE = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'replica',
  archive_mode: 'on',
  archive_command: ARCHIVE,
  max_wal_size: '1GB',
}

const THROWAWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  archive_mode: 'off',
  max_wal_size: '4GB',
  max_connections: '200',
}

/** The settings as words of PostgreSQL's command line, where no file can contradict them. */
export function settingsOf(cluster: { durable: boolean }): string[] {
  const all = { ...COMMON, ...(cluster.durable ? DURABLE : THROWAWAY) }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
