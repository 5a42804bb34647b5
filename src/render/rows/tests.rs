use super::*;
use crate::catalog::EVENTS;
use crate::check::Engine;
use crate::finding::Findings;

/// The line that DESIGN promises.
const CONTRACT: &str = "event_id,event_type,create_time,create_time_iso,tenant_key,app_id,employee_id,\
employee_no,check_time,check_time_iso,type,type_label,risk_result,risk_result_label,is_field,is_wifi,\
location_name,longitude,latitude,ssid,bssid,comment,photo_urls,record_id\n";

#[test]
fn contract() {
    let columns = Columns::new(Some(EVENTS[0]), &Wish::default()).unwrap();
    let writer = RowWriter::new(columns, Format::Csv(Csv::default()), Lang::En, Zone::Utc);
    let mut out = Vec::new();
    writer.begin(true, &mut out);
    assert_eq!(String::from_utf8(out).unwrap(), CONTRACT);
}
