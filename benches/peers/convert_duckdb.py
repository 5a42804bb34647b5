"""Punches as rows: convert_duckdb.py EVENTS CSV

The type is read as text: what is an integer in a punch is a word in other events.
"""
import sys

import duckdb

FORMAT = {"ndjson": "newline_delimited", "json": "array"}[sys.argv[1].rsplit(".", 1)[1]]
duckdb.sql(f"""
COPY (
  SELECT header.event_id, header.event_type,
    header.create_time,
    strftime(make_timestamp_ms(header.create_time::BIGINT + 28800000), '%Y-%m-%dT%H:%M:%S.%g+08:00')
      AS create_time_iso,
    header.tenant_key, header.app_id, event.employee_id, event.employee_no,
    event.check_time,
    strftime(make_timestamp_ms((event.check_time::BIGINT + 28800) * 1000), '%Y-%m-%dT%H:%M:%S+08:00')
      AS check_time_iso,
    event.type::BIGINT AS "type",
    ['user punch', 'changed by an admin', 'user correction', 'made by the system', 'clock-out not required',
     'attendance machine', 'express punch', 'imported by open platform'][event.type::BIGINT + 1] AS type_label,
    event.risk_result,
    ['none', 'cheat software', 'someone else''s device', 'device shared by several'][event.risk_result + 1]
      AS risk_result_label,
    event.is_field, event.is_wifi, event.location_name, event.longitude, event.latitude, event.ssid, event.bssid,
    event.comment, array_to_string(event.photo_urls, ' ') AS photo_urls, event.record_id
  FROM read_json('{sys.argv[1]}', format = '{FORMAT}', columns = {{
    header: 'STRUCT(event_id VARCHAR, event_type VARCHAR, create_time VARCHAR, tenant_key VARCHAR, app_id VARCHAR)',
    event: 'STRUCT(employee_id VARCHAR, employee_no VARCHAR, check_time VARCHAR, "type" VARCHAR, risk_result BIGINT,
      is_field BOOLEAN, is_wifi BOOLEAN, location_name VARCHAR, longitude DOUBLE, latitude DOUBLE, ssid VARCHAR,
      bssid VARCHAR, "comment" VARCHAR, photo_urls VARCHAR[], record_id VARCHAR)'
  }})
  WHERE header.event_type = 'attendance.user_flow.created_v1'
) TO '{sys.argv[2]}' (FORMAT csv, HEADER)
""")
