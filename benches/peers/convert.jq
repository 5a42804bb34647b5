# Punches as rows: `jq -n -r -f convert.jq events.ndjson`, and the same for jaq.
def iso($seconds; $fraction): ($seconds | tonumber + 28800 | strftime("%Y-%m-%dT%H:%M:%S")) + $fraction + "+08:00";

["event_id", "event_type", "create_time", "create_time_iso", "tenant_key", "app_id", "employee_id", "employee_no",
 "check_time", "check_time_iso", "type", "type_label", "risk_result", "risk_result_label", "is_field", "is_wifi",
 "location_name", "longitude", "latitude", "ssid", "bssid", "comment", "photo_urls", "record_id"],
(inputs | if type == "array" then .[] else . end | select(.header.event_type == "attendance.user_flow.created_v1") |
  .header as $h | .event as $e | [
  $h.event_id, $h.event_type,
  $h.create_time, iso($h.create_time[:-3]; "." + $h.create_time[-3:]),
  $h.tenant_key, $h.app_id, $e.employee_id, $e.employee_no,
  $e.check_time, iso($e.check_time; ""),
  $e.type, (["user punch", "changed by an admin", "user correction", "made by the system",
    "clock-out not required", "attendance machine", "express punch", "imported by open platform"][$e.type]),
  $e.risk_result, ($e.risk_result | values | ["none", "cheat software", "someone else's device",
    "device shared by several"][.]) // null,
  $e.is_field, $e.is_wifi, $e.location_name, $e.longitude, $e.latitude, $e.ssid, $e.bssid, $e.comment,
  ($e.photo_urls // [] | join(" ")), $e.record_id
]) | @csv
