//! 安全合规 / Security and compliance.

use super::super::entry::{Choice, Event, Field, event_type};
use super::super::words::{choice, choices, date_time, flag, integer, mac, object, text, user};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] =
    &[&DEVICE_APPLY_RECORD_DEVICE_APPLY_EVENT_V2, &DEVICE_RECORD_DEVICE_CHANGE_EVENT_V2];

/// 设备归属
const DEVICE_OWNERSHIP: &[Choice] =
    &[choice(0, "未知设备", "unknown"), choice(1, "个人设备", "personal"), choice(2, "企业设备", "company")];

/// 操作系统
const DEVICE_SYSTEM: &[Choice] = &[
    choice(1, "Windows", "Windows"),
    choice(2, "macOS", "macOS"),
    choice(3, "Linux", "Linux"),
    choice(4, "Android", "Android"),
    choice(5, "iOS", "iOS"),
    choice(6, "OpenHarmony", "OpenHarmony"),
];

/// 可信状态
const DEVICE_STATUS: &[Choice] = &[
    choice(0, "未知状态", "unknown"),
    choice(1, "信任设备", "trusted"),
    choice(2, "非信任设备", "not trusted"),
];

/// 认证方式
const CERTIFICATION_LEVEL: &[Choice] = &[
    choice(0, "未知", "unknown"),
    choice(1, "飞书认证", "Feishu"),
    choice(2, "终端管理认证", "device management"),
];

/// 设备类型
const DEVICE_TERMINAL_TYPE: &[Choice] =
    &[choice(0, "未知", "unknown"), choice(1, "移动端", "mobile"), choice(2, "桌面端", "desktop")];

/// 申报状态
const APPLY_STATUS: &[Choice] = &[
    choice(0, "未知", "unknown"),
    choice(1, "待审核", "pending"),
    choice(2, "审核通过", "approved"),
    choice(3, "已驳回", "rejected"),
];

/// 变更类型
const CHANGE_TYPE: &[Choice] =
    &[choice(1, "新增", "added"), choice(2, "更新", "changed"), choice(3, "删除", "deleted")];

const OPERATING_SYSTEM: Field = choices("device_system", "操作系统", "operating system", DEVICE_SYSTEM)
    .open()
    .note("官方示例为 0，文档未列出", "0 in the official examples, which is not documented");

/// 设备, before or after a change
const DEVICE: &[Field] = &[
    text("device_record_id", "设备认证编码", "device record"),
    text("version", "版本号", "version"),
    user("current_user_id", "当前登录用户", "current user"),
    text("device_name", "设备名称", "device name").personal(),
    text("model", "设备型号", "device model"),
    OPERATING_SYSTEM,
    text("serial_number", "序列号", "serial number").personal(),
    text("disk_serial_number", "硬盘序列号", "disk serial number").personal(),
    text("uuid", "主板 UUID", "mainboard UUID").personal(),
    mac("mac_address", "MAC 地址", "MAC address").personal(),
    text("android_id", "Android 标识符", "Android ID").personal(),
    text("idfv", "iOS 供应商标识", "vendor ID on iOS").personal(),
    text("aaid", "鸿蒙供应商标识", "vendor ID on OpenHarmony").personal(),
    choices("device_ownership", "设备归属", "ownership", DEVICE_OWNERSHIP),
    choices("device_status", "可信状态", "trust status", DEVICE_STATUS),
    choices("certification_level", "认证方式", "certification", CERTIFICATION_LEVEL),
    choices("device_terminal_type", "设备类型", "device type", DEVICE_TERMINAL_TYPE),
    flag("is_managed", "受管控", "managed"),
    text("mdm_device_id", "MDM 设备 ID", "MDM device ID"),
    text("mdm_provider_name", "MDM 厂商", "MDM provider"),
    integer("device_env_detect_status", "环境检测状态", "environment check").sdk_only(),
    flag("is_public", "公用设备", "shared device").sdk_only(),
];

/// 设备, as it is declared
const DEVICE_RECORD: &[Field] = &[
    text("device_record_id", "设备认证编码", "device record"),
    text("version", "版本号", "version"),
    user("current_user_id", "当前登录用户", "current user"),
    text("device_name", "设备名称", "device name").personal(),
    text("model", "设备型号", "device model"),
    OPERATING_SYSTEM,
    text("serial_number", "序列号", "serial number").personal(),
    text("disk_serial_number", "硬盘序列号", "disk serial number").personal(),
    text("uuid", "主板 UUID", "mainboard UUID").personal(),
    mac("mac_address", "MAC 地址", "MAC address").personal(),
    text("android_id", "Android 标识符", "Android ID").personal(),
    text("idfv", "iOS 供应商标识", "vendor ID on iOS").personal(),
    text("aaid", "鸿蒙供应商标识", "vendor ID on OpenHarmony").personal(),
    choices("device_ownership", "设备归属", "ownership", DEVICE_OWNERSHIP),
    choices("device_status", "可信状态", "trust status", DEVICE_STATUS),
    choices("certification_level", "认证方式", "certification", CERTIFICATION_LEVEL),
    choices("device_terminal_type", "设备类型", "device type", DEVICE_TERMINAL_TYPE),
    integer("device_env_detect_status", "环境检测状态", "environment check").sdk_only(),
    flag("is_managed", "受管控", "managed").sdk_only(),
    flag("is_public", "公用设备", "shared device").sdk_only(),
    text("mdm_device_id", "MDM 设备 ID", "MDM device ID").sdk_only(),
    text("mdm_provider_name", "MDM 厂商", "MDM provider").sdk_only(),
    integer("source", "数据来源", "record source").sdk_only(),
];

const DEVICE_APPLY_RECORD_DEVICE_APPLY_EVENT_V2: Event = event_type(
    "security_and_compliance.device_apply_record.device_apply_event_v2",
    "设备申报",
    "device declared",
)
.fields(&[
    text("device_apply_record_id", "设备申报记录 ID", "declaration"),
    object("device_record", "设备", "device", DEVICE_RECORD),
    date_time("apply_time", "申报时间", "declared"),
    choices("apply_status", "申报状态", "declaration status", APPLY_STATUS),
    user("operator", "操作人", "operator"),
    choices("apply_device_ownership", "申报归属", "declared ownership", DEVICE_OWNERSHIP),
    text("apply_reason", "申报原因", "declaration reason").sdk_only().personal(),
])
.happened("apply_time")
.person("device_record.current_user_id.open_id")
.columns(
    "device_record.current_user_id device_record.device_name apply_device_ownership apply_status \
    operator device_apply_record_id",
)
.page("uAjLw4CM/ukTMukTMukTM/security_and_compliance-v2/device_apply_record/events/device_apply_event");

const DEVICE_RECORD_DEVICE_CHANGE_EVENT_V2: Event = event_type(
    "security_and_compliance.device_record.device_change_event_v2",
    "设备信息变更",
    "device changed",
)
.fields(&[
    text("device_record_id", "设备认证编码", "device record"),
    text("version", "版本号", "version"),
    choices("change_type", "变更类型", "change", CHANGE_TYPE),
    object("before", "变更前", "old", DEVICE),
    object("after", "变更后", "new", DEVICE),
])
.person("after.current_user_id.open_id")
.columns(
    "after.current_user_id change_type after.device_name after.device_system after.device_status \
    device_record_id",
)
.change("before", "after")
.page("uAjLw4CM/ukTMukTMukTM/security_and_compliance-v2/device_record/events/device_change_event");
