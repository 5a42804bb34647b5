//! 应用信息 / Application.

use super::super::common::{APP_ID, TENANT_KEY, TYPE};
use super::super::entry::{Choice, Event, Field, Kind, Word, event_type};
use super::super::words::{
    bits, choice, choices, date_time, flag, integer, list, map, object, seconds, seconds_int, text, texts,
    url, urls, user, users, word, words,
};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &APP_OPEN,
    &APP_STATUS_CHANGE,
    &APP_TICKET,
    &APP_UNINSTALLED,
    &APPLICATION_APP_VERSION_AUDIT_V6,
    &APPLICATION_APP_VERSION_PUBLISH_APPLY_V6,
    &APPLICATION_APP_VERSION_PUBLISH_REVOKE_V6,
    &APPLICATION_CREATED_V6,
    &APPLICATION_FEEDBACK_CREATED_V6,
    &APPLICATION_FEEDBACK_UPDATED_V6,
    &APPLICATION_VISIBILITY_ADDED_V6,
    &BOT_MENU_V6,
    &ORDER_PAID,
];

/// 语言
const I18N_KEY: &[Word] = &[
    word("zh_cn", "简体中文", "Simplified Chinese"),
    word("en_us", "英文", "English"),
    word("ja_jp", "日文", "Japanese"),
];

/// 权限等级
const LEVEL: &[Choice] = &[
    choice(1, "普通权限", "ordinary"),
    choice(2, "高级权限", "advanced"),
    choice(3, "超敏感权限", "highly sensitive"),
    choice(0, "未知等级", "unknown"),
];

/// 身份类型
const TOKEN_TYPES: &[Word] =
    &[word("tenant", "应用身份", "app identity"), word("user", "用户身份", "user identity")];

/// 语言
const I18N_I18N_KEY: &[Word] = &[
    word("zh_cn", "简体中文", "Simplified Chinese"),
    word("en_us", "英文", "English"),
    word("ja_jp", "日文", "Japanese"),
    word("zh_hk", "繁体中文", "Traditional Chinese"),
    word("zh_tw", "繁体中文", "Traditional Chinese"),
    word("id_id", "印度尼西亚语", "Indonesian"),
    word("ms_my", "马来语", "Malay"),
    word("de_de", "德语", "German"),
    word("es_es", "西班牙语", "Spanish"),
    word("fr_fr", "法语", "French"),
    word("it_it", "意大利语", "Italian"),
    word("pt_br", "葡萄牙语", "Portuguese"),
    word("vi_vn", "越南语", "Vietnamese"),
    word("ru_ru", "俄语", "Russian"),
    word("th_th", "泰语", "Thai"),
    word("ko_kr", "韩语", "Korean"),
];

/// 版本状态
const STATUS: &[Choice] = &[
    choice(0, "未知状态", "unknown"),
    choice(1, "审核通过", "approved"),
    choice(2, "审核拒绝", "rejected"),
    choice(3, "审核中", "under review"),
    choice(4, "未提交审核", "not submitted"),
];

/// PC 模式
const ENABLE_PC_MODE: &[Choice] = &[
    choice(1, "侧边栏模式", "sidebar"),
    choice(2, "PC 模式", "desktop"),
    choice(4, "主导航模式", "main navigation"),
];

/// 支持模式
const MODE: &[Choice] = &[choice(0, "未知", "unknown"), choice(1, "移动端", "mobile")];

/// 状态
const APP_STATUS_CHANGE_STATUS: &[Word] = &[
    word("start_by_tenant", "租户启用", "enabled by tenant"),
    word("stop_by_tenant", "租户停用", "disabled by tenant"),
    word("stop_by_platform", "平台停用", "disabled by platform"),
];

/// 审核操作
const OPERATION: &[Word] = &[word("audited", "审核通过", "approved"), word("reject", "审核拒绝", "rejected")];

/// 审核方式
const AUDIT_SOURCE: &[Word] =
    &[word("administrator", "管理员审核", "reviewed by admin"), word("auto", "自动免审", "automatic")];

/// 应用状态
const APP_STATUS: &[Choice] = &[choice(0, "停用", "disabled"), choice(1, "启用", "enabled")];

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
const UPDATED_STATUS: &[Choice] = &[
    choice(0, "未处理", "open"),
    choice(1, "已处理", "handled"),
    choice(2, "处理中", "in progress"),
    choice(3, "已关闭", "closed"),
];

/// 付费方案类型
const PRICE_PLAN_TYPE: &[Word] = &[
    word("trial", "试用", "trial"),
    word("permanent", "免费", "free"),
    word("per_year", "企业年付费", "per year"),
    word("per_month", "企业月付费", "per month"),
    word("per_seat_per_year", "按人按年付费", "seat and year"),
    word("per_seat_per_month", "按人按月付费", "seat and month"),
    word("permanent_count", "按次付费", "per use"),
    word("active_end_date", "指定过期时间", "fixed end date"),
];

/// 购买类型
const BUY_TYPE: &[Word] = &[
    word("buy", "普通购买", "purchase"),
    word("upgrade", "升级购买", "upgrade"),
    word("renew", "续费购买", "renewal"),
];

/// PC 端主导航
const PC: &[Field] = &[
    text("version", "版本号", "version"),
    url("image_url", "默认图片", "default icon"),
    url("hover_image_url", "选中态图片", "hover icon"),
];

/// 国际化信息
const I18N: &[Field] = &[words("i18n_key", "语言", "language", I18N_KEY), text("name", "名称", "name")];

/// 可见名单
const VISIBLE_LIST: &[Field] =
    &[users("open_ids", "成员列表", "members"), texts("department_ids", "部门列表", "departments")];

/// 申请者
const APPLICANT: &[Field] = &[text("open_id", "Open ID", "open ID").personal()];

/// 应用权限列表
const SCOPE: &[Field] = &[
    text("scope", "应用权限", "app scope"),
    text("description", "权限描述", "scope description"),
    choices("level", "权限等级", "scope level", LEVEL),
    list("token_types", "身份类型", "token types", &Kind::Word(TOKEN_TYPES)).conditional(),
];

/// 国际化信息
const ONLINE_VERSION_I18N: &[Field] = &[
    words("i18n_key", "语言", "language", I18N_I18N_KEY),
    text("name", "应用名称", "app name"),
    text("description", "应用描述", "app description"),
    url("help_use", "帮助文档", "help page"),
];

/// 小程序能力
const GADGET: &[Field] = &[
    bits("enable_pc_mode", "PC 模式", "desktop modes", ENABLE_PC_MODE).note("按位组合", "a bit set"),
    texts("schema_urls", "schema 列表", "schema URLs"),
    flag("pc_use_mobile_pkg", "PC 用小程序版", "desktop uses mobile package"),
    text("pc_version", "PC 版本号", "desktop version"),
    text("mobile_version", "移动端版本号", "mobile version"),
    text("mobile_min_lark_version", "移动端最低版本", "minimum mobile version"),
    text("pc_min_lark_version", "PC 端最低版本", "minimum desktop version"),
];

/// 网页能力
const WEB_APP: &[Field] =
    &[url("pc_url", "PC 端网址", "desktop URL"), url("mobile_url", "移动端网址", "mobile URL")];

/// 机器人能力
const BOT: &[Field] = &[
    url("card_request_url", "卡片回调地址", "card callback URL"),
    flag("bot_menu_enable", "启用机器人菜单", "bot menu enabled").sdk_only(),
    integer("bot_menu_display_strategy", "菜单展示方式", "bot menu display").sdk_only(),
    list("bot_menus", "机器人菜单", "bot menu", &Kind::Object(BOT_MENU)).sdk_only(),
];

/// 菜单跳转链接
const REDIRECT_LINK: &[Field] =
    &[text("pc_url", "PC 端链接", "desktop link"), text("mobile_url", "移动端链接", "mobile link")];

/// 菜单图标. Its token is masked as everything that is called so.
const UD_ICON: &[Field] =
    &[text("token", "图标标识", "icon name").secret(), text("color", "图标颜色", "icon colour")];

/// 机器人菜单
const BOT_MENU: &[Field] = &[
    text("menu_id", "菜单 ID", "menu ID"),
    text("parent_menu_id", "父菜单 ID", "parent menu"),
    text("default_name", "菜单名称", "menu name"),
    map("i18n_name", "菜单国际化名", "menu names"),
    integer("menu_content_type", "菜单内容类型", "menu content type"),
    text("event_key", "菜单标识", "menu key"),
    object("redirect_link", "跳转链接", "redirect link", REDIRECT_LINK),
    text("icon_file_key", "图标文件", "icon file"),
    object("ud_icon", "图标", "icon", UD_ICON),
    integer("sort", "排序", "order"),
];

/// 小组件能力
const WORKPLACE_WIDGET: &[Field] = &[text("min_lark_version", "最低版本", "minimum client version")];

/// 主导航小程序
const NAVIGATE: &[Field] = &[
    object("pc", "PC 端主导航", "desktop navigation", PC),
    object("mobile", "移动端主导航", "mobile navigation", PC),
];

/// 国际化信息
const CLOUD_DOC_I18N: &[Field] = &[
    words("i18n_key", "语言", "language", I18N_KEY),
    text("name", "名称", "name"),
    text("read_description", "读权限说明", "read scope text"),
    text("write_description", "写权限说明", "write scope text"),
];

/// 云文档应用
const CLOUD_DOC: &[Field] = &[
    url("space_url", "云空间网址", "space redirect URL"),
    list("i18n", "国际化信息", "translations", &Kind::Object(CLOUD_DOC_I18N)),
    url("icon_url", "图标链接", "icon"),
    choices("mode", "支持模式", "supported mode", MODE),
];

/// 云文档小组件
const DOCS_BLOCK: &[Field] = &[
    text("block_type_id", "Block 类型 ID", "block type"),
    list("i18n", "国际化信息", "translations", &Kind::Object(I18N)),
    url("mobile_icon_url", "移动端图标", "mobile icon"),
    url("pc_icon_url", "PC 端图标", "desktop icon"),
];

/// 消息快捷操作
const MESSAGE_ACTION: &[Field] = &[
    url("pc_app_link", "PC 端链接", "desktop link"),
    url("mobile_app_link", "移动端链接", "mobile link"),
    list("i18n", "国际化信息", "translations", &Kind::Object(I18N)),
];

/// 加号菜单
const PLUS_MENU: &[Field] =
    &[url("pc_app_link", "PC 端链接", "desktop link"), url("mobile_app_link", "移动端链接", "mobile link")];

/// 应用能力
const ABILITY: &[Field] = &[
    object("gadget", "小程序能力", "mini program", GADGET),
    object("web_app", "网页能力", "web app", WEB_APP),
    object("bot", "机器人能力", "bot", BOT),
    list("workplace_widgets", "小组件能力", "workplace widgets", &Kind::Object(WORKPLACE_WIDGET)),
    object("navigate", "主导航小程序", "navigation mini program", NAVIGATE),
    object("cloud_doc", "云文档应用", "docs app", CLOUD_DOC),
    list("docs_blocks", "云文档小组件", "docs blocks", &Kind::Object(DOCS_BLOCK)),
    object("message_action", "消息快捷操作", "message action", MESSAGE_ACTION),
    object("plus_menu", "加号菜单", "plus menu", PLUS_MENU),
];

/// 可见性名单
const VISIBILITY: &[Field] = &[
    flag("is_all", "全员可见", "visible to all"),
    object("visible_list", "可见名单", "visible to", VISIBLE_LIST),
    object("invisible_list", "不可见名单", "hidden from", VISIBLE_LIST),
];

/// 版本信息
const REMARK: &[Field] = &[
    text("remark", "备注说明", "remark"),
    text("update_remark", "更新说明", "release notes"),
    object("visibility", "可见性名单", "visibility", VISIBILITY),
];

/// 线上版本
const ONLINE_VERSION: &[Field] = &[
    text("app_id", "应用 ID", "app ID"),
    text("version", "版本号", "version"),
    text("version_id", "版本 ID", "version ID"),
    text("app_name", "应用名称", "app name"),
    url("avatar_url", "应用头像", "app icon"),
    text("description", "应用描述", "app description"),
    list("scopes", "应用权限列表", "app scopes", &Kind::Object(SCOPE)),
    url("back_home_url", "后台主页地址", "admin home page"),
    list("i18n", "国际化信息", "translations", &Kind::Object(ONLINE_VERSION_I18N)),
    texts("common_categories", "应用分类", "app categories"),
    texts("events", "已订阅事件", "subscribed events"),
    choices("status", "版本状态", "version status", STATUS),
    seconds("create_time", "版本创建时间", "created"),
    seconds("publish_time", "版本发布时间", "published"),
    object("ability", "应用能力", "abilities", ABILITY),
    object("remark", "版本信息", "version notes", REMARK),
];

/// 用户
const ADDED_USER_ID: &[Field] =
    &[text("open_id", "Open ID", "open ID").personal(), text("union_id", "Union ID", "union ID").personal()];

/// 用户列表
const USER: &[Field] = &[object("user_id", "User ID", "user ID", USERS_USER_ID).personal()];

/// 用户
const USERS_USER_ID: &[Field] =
    &[ADDED_USER_ID[0], ADDED_USER_ID[1], text("user_id", "User ID", "user ID").sdk_only().personal()];

/// 操作人
const OPERATOR: &[Field] = &[
    text("operator_name", "用户名", "user name").scoped().personal(),
    user("operator_id", "操作人", "operator"),
];

const APP_OPEN: Event = event_type("app_open", "首次启用应用", "app first enabled")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        list("applicants", "申请者", "applicants", &Kind::Object(APPLICANT)),
        object("installer", "安装者", "installer", APPLICANT).conditional(),
        object("installer_employee", "安装员工", "installed by employee", APPLICANT).conditional(),
    ])
    .v1()
    .page("uAjLw4CM/ukTMukTMukTM/application-v6/event/app-first-enabled");

const APP_STATUS_CHANGE: Event = event_type("app_status_change", "应用停启用", "app enabled or disabled")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        words("status", "状态", "status", APP_STATUS_CHANGE_STATUS),
        user("operator", "操作人", "operator").conditional(),
    ])
    .v1()
    .page("uAjLw4CM/ukTMukTMukTM/application-v6/event/app-enabled-or-disabled");

const APP_TICKET: Event = event_type("app_ticket", "应用 Ticket 推送", "app ticket")
    .fields(&[APP_ID, text("app_ticket", "应用 Ticket", "app ticket").secret(), TYPE])
    .v1()
    .page("uAjLw4CM/ukTMukTMukTM/application-v6/event/app_ticket-events");

const APP_UNINSTALLED: Event = event_type("app_uninstalled", "应用卸载", "app uninstalled")
    .fields(&[APP_ID, TENANT_KEY, TYPE])
    .v1()
    .page("uAjLw4CM/ukTMukTMukTM/application-v6/event/app-uninstalled");

const APPLICATION_APP_VERSION_AUDIT_V6: Event =
    event_type("application.application.app_version.audit_v6", "应用审核", "app reviewed")
        .fields(&[
            user("operator_id", "审核管理员", "reviewed by"),
            text("version_id", "应用版本 ID", "app version ID"),
            user("creator_id", "应用创建者", "app creator"),
            text("app_id", "应用 ID", "app ID"),
            words("operation", "审核操作", "review", OPERATION),
            text("remark", "审核信息", "review note").personal(),
            words("audit_source", "审核方式", "review method", AUDIT_SOURCE),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/application-v6/application-app_version/events/audit");

const APPLICATION_APP_VERSION_PUBLISH_APPLY_V6: Event = event_type(
    "application.application.app_version.publish_apply_v6",
    "申请发布应用",
    "app release requested",
)
.fields(&[
    user("operator_id", "操作人", "operator"),
    object("online_version", "线上版本", "online version", ONLINE_VERSION),
    object("under_audit_version", "审核中版本", "version under review", ONLINE_VERSION),
    choices("app_status", "应用状态", "app status", APP_STATUS),
])
.page("uAjLw4CM/ukTMukTMukTM/application-v6/application-app_version/events/publish_apply");

const APPLICATION_APP_VERSION_PUBLISH_REVOKE_V6: Event = event_type(
    "application.application.app_version.publish_revoke_v6",
    "撤回应用发布申请",
    "app release withdrawn",
)
.fields(&[
    user("operator_id", "操作人", "operator"),
    user("creator_id", "创建者", "creator"),
    text("app_id", "应用 ID", "app ID"),
    text("version_id", "版本 ID", "version ID"),
])
.page("uAjLw4CM/ukTMukTMukTM/application-v6/application-app_version/events/publish_revoke");

const APPLICATION_CREATED_V6: Event =
    event_type("application.application.created_v6", "应用创建", "app created")
        .fields(&[
            user("operator_id", "操作人", "operator"),
            text("app_id", "应用 ID", "app ID"),
            text("name", "应用名称", "app name"),
            text("description", "应用描述", "app description"),
            url("avatar", "应用图标", "app icon"),
            choices("app_scene_type", "应用类型", "app type", APP_SCENE_TYPE),
            text("primary_language", "主语言", "primary language"),
            words("create_source", "创建来源", "created with", CREATE_SOURCE),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/application-v6/application/events/created");

const APPLICATION_FEEDBACK_CREATED_V6: Event =
    event_type("application.application.feedback.created_v6", "新增应用反馈", "app feedback added")
        .fields(&[
            user("user_id", "用户", "user"),
            text("app_id", "应用 ID", "app ID"),
            date_time("feedback_time", "反馈时间", "feedback given"),
            text("tenant_name", "租户名", "tenant"),
            choices("feedback_type", "反馈类型", "feedback type", FEEDBACK_TYPE),
            list("fault_type", "故障类型", "fault types", &Kind::Choice(FAULT_TYPE)),
            date_time("fault_time", "故障时间", "fault time"),
            choices("source", "反馈来源", "feedback source", SOURCE),
            text("contact", "联系方式", "contact").scoped().personal(),
            text("description", "反馈详情", "feedback").personal(),
            urls("images", "反馈图片", "images").personal(),
            text("feedback_id", "反馈 ID", "feedback ID"),
            text("feedback_path", "页面路径", "page path"),
        ])
        .happened("feedback_time")
        .page("uAjLw4CM/ukTMukTMukTM/application-v6/application-feedback/events/created");

const APPLICATION_FEEDBACK_UPDATED_V6: Event =
    event_type("application.application.feedback.updated_v6", "应用反馈更新", "app feedback changed")
        .fields(&[
            texts("feedback_ids", "反馈 ID 列表", "feedback IDs"),
            choices("status", "处理状态", "status", UPDATED_STATUS),
            text("app_id", "应用 ID", "app ID"),
            date_time("update_time", "处理时间", "handled"),
            user("operator_id", "操作人", "operator"),
        ])
        .happened("update_time")
        .page("uAjLw4CM/ukTMukTMukTM/application-v6/application-feedback/events/updated");

const APPLICATION_VISIBILITY_ADDED_V6: Event = event_type(
    "application.application.visibility.added_v6",
    "员工免审安装应用",
    "app availability extended",
)
.fields(&[
    integer("source", "无含义", "unused").undelivered().note("目前无意义", "without meaning at present"),
    object("user_id", "用户", "user", ADDED_USER_ID)
        .conditional()
        .personal()
        .note("仅见于表格，示例为 users[].user_id", "table only; the example has users[].user_id"),
    list("users", "用户列表", "users", &Kind::Object(USER))
        .conditional()
        .note("仅见于示例，表格为 user_id", "example only; the table has user_id"),
])
.page("uAjLw4CM/ukTMukTMukTM/application-v6/event/app-availability-scope-extended");

const BOT_MENU_V6: Event = event_type("application.bot.menu_v6", "机器人菜单点击", "bot menu clicked")
    .fields(&[
        object("operator", "操作人", "operator", OPERATOR),
        text("event_key", "菜单标识", "menu key"),
        seconds_int("timestamp", "点击时间", "clicked"),
    ])
    .happened("timestamp")
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
        seconds("create_time", "创建时间", "created"),
        seconds("pay_time", "支付时间", "paid"),
        words("buy_type", "购买类型", "purchase type", BUY_TYPE),
        text("src_order_id", "原订单 ID", "original order").conditional(),
        integer("order_pay_price", "支付价格", "price in fen").note("单位：分", "in fen"),
        TENANT_KEY,
    ])
    .v1()
    .happened("pay_time")
    .page("uAjLw4CM/ukTMukTMukTM/application-v6/event/public-app-purchase");
