-- Opens the incident of `p_key`, or, while one is unresolved, counts it once more: last seen now, the graver of both
-- severities, evidence merged. Answers its id. Call it in a short transaction: the row stays locked until the end.
create or replace function platform.open_incident(
  p_key text, p_kind text, p_severity text, p_title text, p_evidence jsonb
) returns uuid
language sql
set search_path = ''
as $$
  insert into platform.incidents as incident (key, kind, severity, title, evidence, trace_id)
  values (
    left(p_key, 200), p_kind, p_severity, left(p_title, 300),
    platform.bounded_evidence('{}', coalesce(p_evidence, '{}')), platform.trace_id()
  )
  on conflict (key) where state <> 'resolved' do update
  set
    count = incident.count + 1,
    last_seen_at = clock_timestamp(),
    title = excluded.title,
    severity = case
      when 'critical' in (incident.severity, excluded.severity) then 'critical'
      when 'warning' in (incident.severity, excluded.severity) then 'warning'
      else 'info'
    end,
    evidence = platform.bounded_evidence(incident.evidence, excluded.evidence)
  returning id;
$$;

revoke execute on function platform.open_incident(text, text, text, text, jsonb) from public;
