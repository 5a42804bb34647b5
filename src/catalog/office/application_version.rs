//! 应用信息：版本 / Versions of applications: released, reviewed, withdrawn.

use super::super::common::APP_ID;
use super::super::entry::{Choice, Event, Field, Kind, Word, event_type};
use super::super::words::{
    bits, choice, choices, flag, integer, list, map, object, seconds, text, texts, url, user, users, word,
    words,
};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &APPLICATION_APP_VERSION_AUDIT_V6,
    &APPLICATION_APP_VERSION_PUBLISH_APPLY_V6,
    &APPLICATION_APP_VERSION_PUBLISH_REVOKE_V6,
];

/// 语言
const LANGUAGE: &[Word] = &[
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
const TOKEN_TYPES: &[Word] = &[word("tenant", "应用身份", "app"), word("user", "用户身份", "user")];

/// 语言
const VERSION_LANGUAGE: &[Word] = &[
    word("zh_cn", "简体中文", "Simplified Chinese"),
    word("en_us", "英文", "English"),
    word("ja_jp", "日文", "Japanese"),
    word("zh_hk", "繁体中文（香港）", "Traditional Chinese, Hong Kong"),
    word("zh_tw", "繁体中文（台湾）", "Traditional Chinese, Taiwan"),
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

/// PC 端模式
const ENABLE_PC_MODE: &[Choice] = &[
    choice(1, "侧边栏模式", "sidebar"),
    choice(2, "PC 模式", "desktop app"),
    choice(4, "主导航模式", "main navigation"),
];

/// 支持模式
const MODE: &[Choice] = &[choice(0, "未知", "unknown"), choice(1, "移动端", "mobile")];

/// 审核结果
const OPERATION: &[Word] = &[word("audited", "审核通过", "approved"), word("reject", "审核拒绝", "rejected")];

/// 审核方式
const AUDIT_SOURCE: &[Word] =
    &[word("administrator", "管理员审核", "by an admin"), word("auto", "自动免审", "automatic")];

/// 应用状态
const APP_STATUS: &[Choice] = &[choice(0, "停用", "disabled"), choice(1, "启用", "enabled")];

/// PC 端主导航
const PC: &[Field] = &[
    text("version", "版本号", "version"),
    url("image_url", "默认图片", "default icon"),
    url("hover_image_url", "选中态图片", "hover icon"),
];

/// 多语言信息
const I18N: &[Field] = &[words("i18n_key", "语言", "language", LANGUAGE), text("name", "名称", "name")];

/// 可见名单
const VISIBLE_LIST: &[Field] =
    &[users("open_ids", "成员", "members"), texts("department_ids", "部门", "departments")];

/// 应用权限
const SCOPE: &[Field] = &[
    text("scope", "应用权限", "app scope"),
    text("description", "权限描述", "scope description"),
    choices("level", "权限等级", "scope level", LEVEL),
    list("token_types", "身份类型", "identities", &Kind::Word(TOKEN_TYPES)).conditional(),
];

/// 多语言信息
const VERSION_I18N: &[Field] = &[
    words("i18n_key", "语言", "language", VERSION_LANGUAGE),
    text("name", "应用名称", "app name"),
    text("description", "应用描述", "app description"),
    url("help_use", "帮助文档", "help page"),
];

/// 小程序能力
const GADGET: &[Field] = &[
    bits("enable_pc_mode", "PC 端模式", "desktop modes", ENABLE_PC_MODE)
        .note("各模式值之和", "the sum of the modes"),
    texts("schema_urls", "Schema 列表", "schema URLs"),
    flag("pc_use_mobile_pkg", "PC 端用移动端包", "mobile package on desktop"),
    text("pc_version", "PC 端版本号", "desktop version"),
    text("mobile_version", "移动端版本号", "mobile version"),
    text("mobile_min_lark_version", "移动端最低版本", "minimum mobile client"),
    text("pc_min_lark_version", "PC 端最低版本", "minimum desktop client"),
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
const WORKPLACE_WIDGET: &[Field] = &[text("min_lark_version", "客户端最低版本", "minimum client version")];

/// 主导航小程序
const NAVIGATE: &[Field] = &[
    object("pc", "PC 端主导航", "desktop navigation", PC),
    object("mobile", "移动端主导航", "mobile navigation", PC),
];

/// 多语言信息
const CLOUD_DOC_I18N: &[Field] = &[
    words("i18n_key", "语言", "language", LANGUAGE),
    text("name", "名称", "name"),
    text("read_description", "读权限说明", "read scope text"),
    text("write_description", "写权限说明", "write scope text"),
];

/// 云文档应用
const CLOUD_DOC: &[Field] = &[
    url("space_url", "云空间网址", "space URL"),
    list("i18n", "多语言信息", "translations", &Kind::Object(CLOUD_DOC_I18N)),
    url("icon_url", "图标链接", "icon"),
    choices("mode", "支持模式", "supported mode", MODE),
];

/// 云文档小组件
const DOCS_BLOCK: &[Field] = &[
    text("block_type_id", "Block 类型 ID", "block type"),
    list("i18n", "多语言信息", "translations", &Kind::Object(I18N)),
    url("mobile_icon_url", "移动端图标", "mobile icon"),
    url("pc_icon_url", "PC 端图标", "desktop icon"),
];

/// 消息快捷操作
const MESSAGE_ACTION: &[Field] = &[
    url("pc_app_link", "PC 端链接", "desktop link"),
    url("mobile_app_link", "移动端链接", "mobile link"),
    list("i18n", "多语言信息", "translations", &Kind::Object(I18N)),
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

/// 可见范围
const VISIBILITY: &[Field] = &[
    flag("is_all", "全员可见", "visible to all"),
    object("visible_list", "可见名单", "visible to", VISIBLE_LIST),
    object("invisible_list", "不可见名单", "hidden from", VISIBLE_LIST),
];

/// 版本备注与可见范围
const REMARK: &[Field] = &[
    text("remark", "备注", "remark"),
    text("update_remark", "更新说明", "update notes"),
    object("visibility", "可见范围", "visibility", VISIBILITY),
];

/// 应用版本
const VERSION: &[Field] = &[
    APP_ID,
    text("version", "版本号", "version"),
    text("version_id", "版本 ID", "version ID"),
    text("app_name", "应用名称", "app name"),
    url("avatar_url", "应用头像", "app icon"),
    text("description", "应用描述", "app description"),
    list("scopes", "应用权限", "app scopes", &Kind::Object(SCOPE)),
    url("back_home_url", "后台主页地址", "admin home page"),
    list("i18n", "多语言信息", "translations", &Kind::Object(VERSION_I18N)),
    texts("common_categories", "应用分类", "app categories"),
    texts("events", "已订阅事件", "subscribed events"),
    choices("status", "版本状态", "version status", STATUS),
    seconds("create_time", "版本创建时间", "version created"),
    seconds("publish_time", "版本发布时间", "version published"),
    object("ability", "应用能力", "abilities", ABILITY),
    object("remark", "版本", "release", REMARK),
];

const APPLICATION_APP_VERSION_AUDIT_V6: Event =
    event_type("application.application.app_version.audit_v6", "应用审核", "app reviewed")
        .fields(&[
            user("operator_id", "审核人", "reviewer"),
            text("version_id", "应用版本 ID", "app version"),
            user("creator_id", "应用创建者", "app creator"),
            APP_ID,
            words("operation", "审核结果", "review result", OPERATION),
            text("remark", "审核说明", "review note").personal(),
            words("audit_source", "审核方式", "review method", AUDIT_SOURCE),
        ])
        .person("operator_id.open_id")
        .columns("operator_id operation remark audit_source app_id version_id")
        .page("uAjLw4CM/ukTMukTMukTM/application-v6/application-app_version/events/audit");

const APPLICATION_APP_VERSION_PUBLISH_APPLY_V6: Event = event_type(
    "application.application.app_version.publish_apply_v6",
    "申请发布应用",
    "app release requested",
)
.fields(&[
    user("operator_id", "操作人", "operator"),
    object("online_version", "线上", "online", VERSION),
    object("under_audit_version", "审核中", "under review", VERSION),
    choices("app_status", "应用状态", "app status", APP_STATUS),
])
.person("operator_id.open_id")
.columns(
    "operator_id under_audit_version.app_name under_audit_version.version \
    under_audit_version.remark.update_remark online_version.version under_audit_version.app_id",
)
.page("uAjLw4CM/ukTMukTMukTM/application-v6/application-app_version/events/publish_apply");

const APPLICATION_APP_VERSION_PUBLISH_REVOKE_V6: Event = event_type(
    "application.application.app_version.publish_revoke_v6",
    "撤回应用发布申请",
    "app release withdrawn",
)
.fields(&[
    user("operator_id", "操作人", "operator"),
    user("creator_id", "应用创建者", "app creator"),
    APP_ID,
    text("version_id", "应用版本 ID", "app version"),
])
.person("operator_id.open_id")
.columns("operator_id creator_id version_id app_id")
.page("uAjLw4CM/ukTMukTMukTM/application-v6/application-app_version/events/publish_revoke");
