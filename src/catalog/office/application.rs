//! 应用信息 / Application.

use super::super::common::{APP_ID, TENANT_KEY, TYPE};
use super::super::entry::{Choice, Event, Field, Kind, Word, event_type};
use super::super::words::{
    choice, choices, date_time, integer, list, object, seconds, seconds_int, text, texts, url, urls, user,
    word, words,
};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &APP_OPEN,
    &APP_STATUS_CHANGE,
    &APP_TICKET,
    &APP_UNINSTALLED,
    &APPLICATION_CREATED_V6,
    &APPLICATION_FEEDBACK_CREATED_V6,
    &APPLICATION_FEEDBACK_UPDATED_V6,
    &APPLICATION_VISIBILITY_ADDED_V6,
    &BOT_MENU_V6,
    &ORDER_PAID,
];

/// 应用状态, as of app_status_change
const APP_STATUS_CHANGE_STATUS: &[Word] = &[
    word("start_by_tenant", "租户启用", "enabled by tenant"),
    word("stop_by_tenant", "租户停用", "disabled by tenant"),
    word("stop_by_platform", "平台停用", "disabled by platform"),
];

/// 应用类型
const APP_SCENE_TYPE: &[Choice] =
    &[choice(0, "自建应用", "custom app"), choice(1, "应用商店应用", "store app")];

/// 创建来源
const CREATE_SOURCE: &[Word] = &[
    word("developer_console", "开发者后台", "developer console"),
    word("base", "多维表格自动化", "base automation"),
    word("app_engine", "飞书应用引擎", "app engine"),
    word("bot_builder", "机器人助手", "bot builder"),
    word("aily", "Aily", "Aily"),
    word("unknown", "未知来源", "unknown"),
];

/// 反馈类型
const FEEDBACK_TYPE: &[Choice] = &[choice(1, "故障反馈", "fault"), choice(2, "产品建议", "suggestion")];

/// 故障类型
const FAULT_TYPE: &[Choice] = &[
    choice(1, "黑屏", "black screen"),
    choice(2, "白屏", "blank screen"),
    choice(3, "无法打开小程序", "cannot open"),
    choice(4, "卡顿", "sluggish"),
    choice(5, "小程序闪退", "crash"),
    choice(6, "页面加载慢", "slow loading"),
    choice(7, "死机", "device froze"),
    choice(8, "其他异常", "other fault"),
];

/// 反馈来源
const SOURCE: &[Choice] = &[
    choice(1, "小程序", "mini program"),
    choice(2, "网页应用", "web app"),
    choice(3, "机器人", "bot"),
    choice(4, "webSDK", "web SDK"),
];

/// 处理状态
const FEEDBACK_STATUS: &[Choice] = &[
    choice(0, "未处理", "open"),
    choice(1, "已处理", "handled"),
    choice(2, "处理中", "in progress"),
    choice(3, "已关闭", "closed"),
];

/// 付费方案类型
const PRICE_PLAN_TYPE: &[Word] = &[
    word("trial", "试用", "trial"),
    word("permanent", "免费", "free"),
    word("per_year", "企业年付费", "per company and year"),
    word("per_month", "企业月付费", "per company and month"),
    word("per_seat_per_year", "按人按年付费", "per seat and year"),
    word("per_seat_per_month", "按人按月付费", "per seat and month"),
    word("permanent_count", "按次付费", "per use"),
    word("active_end_date", "指定过期时间", "fixed end date"),
];

/// 购买类型
const BUY_TYPE: &[Word] = &[
    word("buy", "普通购买", "purchase"),
    word("upgrade", "升级购买", "upgrade"),
    word("renew", "续费购买", "renewal"),
];

/// A person, by the one ID that events of the old form have.
const APPLICANT: &[Field] = &[text("open_id", "Open ID", "open ID").personal()];

/// 用户
const ADDED_USER_ID: &[Field] =
    &[text("open_id", "Open ID", "open ID").personal(), text("union_id", "Union ID", "union ID").personal()];

/// 用户
const USERS_USER_ID: &[Field] =
    &[ADDED_USER_ID[0], ADDED_USER_ID[1], text("user_id", "User ID", "user ID").sdk_only().personal()];

/// 用户
const USER: &[Field] = &[object("user_id", "用户", "user", USERS_USER_ID).personal().line("用户", "user")];

/// 操作人
const OPERATOR: &[Field] = &[
    text("operator_name", "操作人姓名", "operator name").scoped().personal(),
    user("operator_id", "操作人", "operator"),
];

const APP_OPEN: Event = event_type("app_open", "首次启用应用", "app first enabled")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        list("applicants", "申请者", "applicants", &Kind::Object(APPLICANT)),
        object("installer", "安装者", "installer", APPLICANT)
            .conditional()
            .line("安装者", "installer")
            .note("管理员安装、或成员申请安装时有", "where an admin installs, or a member applied"),
        object("installer_employee", "免审安装者", "installing member", APPLICANT)
            .conditional()
            .line("免审安装者", "installing member")
            .note("成员免审安装时有", "where a member installs without review"),
    ])
    .v1()
    .columns("installer installer_employee applicants")
    .page("uAjLw4CM/ukTMukTMukTM/application-v6/event/app-first-enabled");

const APP_STATUS_CHANGE: Event = event_type("app_status_change", "应用停启用", "app enabled or disabled")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        words("status", "应用状态", "app status", APP_STATUS_CHANGE_STATUS),
        user("operator", "操作人", "operator")
            .conditional()
            .note("租户停启用时有", "where the tenant enabled or disabled it"),
    ])
    .v1()
    .columns("status operator")
    .page("uAjLw4CM/ukTMukTMukTM/application-v6/event/app-enabled-or-disabled");

const APP_TICKET: Event = event_type("app_ticket", "应用 Ticket 推送", "app ticket")
    .fields(&[APP_ID, text("app_ticket", "应用 Ticket", "app ticket").secret(), TYPE])
    .v1()
    .page("uAjLw4CM/ukTMukTMukTM/application-v6/event/app_ticket-events");

const APP_UNINSTALLED: Event = event_type("app_uninstalled", "应用卸载", "app uninstalled")
    .fields(&[APP_ID, TENANT_KEY, TYPE])
    .v1()
    .page("uAjLw4CM/ukTMukTMukTM/application-v6/event/app-uninstalled");

const APPLICATION_CREATED_V6: Event =
    event_type("application.application.created_v6", "应用创建", "app created")
        .fields(&[
            user("operator_id", "操作人", "operator"),
            APP_ID,
            text("name", "应用名称", "app name"),
            text("description", "应用描述", "app description"),
            url("avatar", "应用图标", "app icon"),
            choices("app_scene_type", "应用类型", "app type", APP_SCENE_TYPE),
            text("primary_language", "主语言", "primary language"),
            words("create_source", "创建来源", "created with", CREATE_SOURCE),
        ])
        .person("operator_id.open_id")
        .columns("operator_id name app_scene_type create_source description app_id")
        .page("uAjLw4CM/ukTMukTMukTM/application-v6/application/events/created");

const APPLICATION_FEEDBACK_CREATED_V6: Event =
    event_type("application.application.feedback.created_v6", "新增应用反馈", "app feedback added")
        .fields(&[
            user("user_id", "用户", "user"),
            APP_ID,
            date_time("feedback_time", "反馈时间", "feedback given"),
            text("tenant_name", "租户名称", "tenant name"),
            choices("feedback_type", "反馈类型", "feedback type", FEEDBACK_TYPE),
            list("fault_type", "故障类型", "fault types", &Kind::Choice(FAULT_TYPE)),
            date_time("fault_time", "故障时间", "fault occurred"),
            choices("source", "反馈来源", "feedback from", SOURCE),
            text("contact", "联系方式", "contact").scoped().personal(),
            text("description", "反馈详情", "feedback text").personal(),
            urls("images", "反馈图片", "images").personal(),
            text("feedback_id", "反馈 ID", "feedback ID"),
            text("feedback_path", "页面路径", "page path"),
        ])
        .happened("feedback_time")
        .record("feedback_id")
        .person("user_id.open_id")
        .columns("user_id feedback_type fault_type description source feedback_id")
        .page("uAjLw4CM/ukTMukTMukTM/application-v6/application-feedback/events/created");

const APPLICATION_FEEDBACK_UPDATED_V6: Event =
    event_type("application.application.feedback.updated_v6", "应用反馈更新", "app feedback changed")
        .fields(&[
            texts("feedback_ids", "反馈 ID", "feedback IDs"),
            choices("status", "处理状态", "feedback status", FEEDBACK_STATUS),
            APP_ID,
            date_time("update_time", "处理时间", "handled"),
            user("operator_id", "操作人", "operator"),
        ])
        .happened("update_time")
        .person("operator_id.open_id")
        .columns("operator_id status feedback_ids app_id")
        .page("uAjLw4CM/ukTMukTMukTM/application-v6/application-feedback/events/updated");

const APPLICATION_VISIBILITY_ADDED_V6: Event = event_type(
    "application.application.visibility.added_v6",
    "员工免审安装应用",
    "app availability extended",
)
.fields(&[
    integer("source", "来源", "source").undelivered().note("目前无意义", "without meaning at present"),
    object("user_id", "用户", "user", ADDED_USER_ID).conditional().personal().line("用户", "user").note(
        "仅见于文档表格，官方示例为 users",
        "in the documented table only; the official example has users",
    ),
    list("users", "用户列表", "users", &Kind::Object(USER)).conditional().note(
        "仅见于官方示例，文档表格为 user_id",
        "in the official example only; the documented table has user_id",
    ),
])
.columns("user_id users")
.page("uAjLw4CM/ukTMukTMukTM/application-v6/event/app-availability-scope-extended");

const BOT_MENU_V6: Event = event_type("application.bot.menu_v6", "机器人菜单点击", "bot menu clicked")
    .fields(&[
        object("operator", "操作人", "operator", OPERATOR),
        text("event_key", "菜单事件标识", "menu event key"),
        seconds_int("timestamp", "点击时间", "clicked"),
    ])
    .happened("timestamp")
    .person("operator.operator_id.open_id")
    .columns("operator.operator_id operator.operator_name event_key")
    .page("uAjLw4CM/ukTMukTMukTM/application-v6/bot/events/menu");

const ORDER_PAID: Event = event_type("order_paid", "应用商店应用购买", "app purchased")
    .fields(&[
        TYPE,
        APP_ID,
        text("order_id", "订单 ID", "order"),
        text("price_plan_id", "付费方案 ID", "price plan"),
        words("price_plan_type", "付费方案类型", "price plan type", PRICE_PLAN_TYPE),
        integer("seats", "购买人数", "seats")
            .note("企业整体付费时为 0", "0 where the company pays as a whole"),
        integer("buy_count", "购买数量", "quantity"),
        seconds("create_time", "下单时间", "ordered"),
        seconds("pay_time", "支付时间", "paid"),
        words("buy_type", "购买类型", "purchase type", BUY_TYPE),
        text("src_order_id", "原订单 ID", "original order").conditional(),
        integer("order_pay_price", "支付价格（分）", "price in fen").note("单位：分", "in fen"),
        TENANT_KEY,
    ])
    .v1()
    .happened("pay_time")
    .record("order_id")
    .columns("price_plan_type buy_type buy_count seats order_pay_price order_id")
    .page("uAjLw4CM/ukTMukTMukTM/application-v6/event/public-app-purchase");
