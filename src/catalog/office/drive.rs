//! 云文档 / Docs.

use super::super::common::SUBSCRIPTION;
use super::super::entry::{Event, Field, Kind, Word, event_type};
use super::super::words::{
    flag, integer, json, list, object, seconds_int, text, texts, url, user, users, word, words,
};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &FILE_BITABLE_FIELD_CHANGED_V1,
    &FILE_BITABLE_RECORD_CHANGED_V1,
    &FILE_CREATED_IN_FOLDER_V1,
    &FILE_DELETED_V1,
    &FILE_EDIT_V1,
    &FILE_PERMISSION_MEMBER_ADDED_V1,
    &FILE_PERMISSION_MEMBER_APPLIED_V1,
    &FILE_PERMISSION_MEMBER_REMOVED_V1,
    &FILE_READ_V1,
    &FILE_TITLE_UPDATED_V1,
    &FILE_TRASHED_V1,
    &NOTICE_COMMENT_ADD_V1,
];

/// 文件类型
const FILE_TYPE: &[Word] = &[
    word("doc", "旧版文档", "legacy document"),
    word("docx", "新版文档", "document"),
    word("sheet", "电子表格", "spreadsheet"),
    word("bitable", "多维表格", "base"),
    word("slides", "幻灯片", "slides"),
    word("file", "文件", "file"),
];

/// 文件类型, of what one edits and reads on the platform
const EDIT_FILE_TYPE: &[Word] = &[
    word("doc", "旧版文档", "legacy document"),
    word("docx", "新版文档", "document"),
    word("sheet", "电子表格", "spreadsheet"),
    word("bitable", "多维表格", "base"),
    word("slides", "幻灯片", "slides"),
];

/// 变更类型
const FIELD_ACTION: &[Word] = &[
    word("field_added", "新增字段", "field added"),
    word("field_edited", "修改字段", "field changed"),
    word("field_deleted", "删除字段", "field deleted"),
];

/// 文件类型, where there is but one
const BITABLE_RECORD_CHANGED_FILE_TYPE: &[Word] = &[word("bitable", "多维表格", "base")];

/// 变更类型
const RECORD_ACTION: &[Word] = &[
    word("record_added", "新增记录", "record added"),
    word("record_deleted", "删除记录", "record deleted"),
    word("record_edited", "修改记录", "record changed"),
];

/// 申请权限
const PERMISSION: &[Word] = &[
    word("view", "可阅读", "view"),
    word("edit", "可编辑", "edit"),
    word("full_access", "可管理", "full access"),
];

/// 通知类型
const NOTICE_TYPE: &[Word] =
    &[word("add_comment", "添加评论", "comment added"), word("add_reply", "添加回复", "reply added")];

/// 编号规则
const OPTION: &[Field] = &[text("type", "规则类型", "rule type"), text("value", "规则取值", "rule value")];

/// 自动编号
const AUTO_SERIAL: &[Field] = &[
    text("type", "自动编号类型", "auto number type"),
    list("options", "编号规则", "numbering rules", &Kind::Object(OPTION)),
];

/// 选项列表
const PROPERTY_OPTION: &[Field] = &[
    text("name", "选项名", "option name"),
    text("id", "选项 ID", "option ID"),
    integer("color", "选项颜色", "option colour"),
];

/// 字段属性
const PROPERTY: &[Field] = &[
    text("formatter", "数字格式", "number format"),
    text("date_formatter", "日期格式", "date format"),
    flag("auto_fill", "自动填写", "auto fill"),
    flag("multiple", "允许多个", "multiple"),
    text("table_id", "关联表 ID", "linked table"),
    text("table_name", "关联表名", "linked table name"),
    text("back_field_name", "反向字段名", "back field name"),
    text("input_type", "输入限制", "input restriction"),
    text("back_field_id", "反向字段 ID", "back field ID"),
    object("auto_serial", "自动编号", "auto number", AUTO_SERIAL),
    list("options", "选项列表", "options", &Kind::Object(PROPERTY_OPTION)),
    text("formula_expression", "公式", "formula"),
];

/// 字段, before or after a change
const FIELD: &[Field] = &[
    text("id", "字段 ID", "field ID"),
    text("name", "字段名", "field name"),
    integer("type", "字段类型", "field type"),
    text("description", "字段描述", "field description"),
    object("property", "字段属性", "field properties", PROPERTY),
];

/// 用户
const USER: &[Field] = &[
    user("user_id", "用户", "user"),
    text("name", "用户名", "user name").personal(),
    text("en_name", "英文名", "English name").personal(),
    url("avatar_url", "用户头像", "avatar").personal(),
];

/// 人员信息
const FIELD_IDENTITY_VALUE: &[Field] = &[list("users", "用户", "users", &Kind::Object(USER))];

/// 字段值, before or after a change
const FIELD_VALUE: &[Field] = &[
    text("field_id", "字段 ID", "field ID"),
    json("field_value", "字段值", "field value").personal(),
    object("field_identity_value", "人员信息", "people", FIELD_IDENTITY_VALUE).conditional(),
];

/// 变更, of a field
const FIELD_CHANGE: &[Field] = &[
    words("action", "变更类型", "change", FIELD_ACTION),
    text("field_id", "字段 ID", "field ID"),
    object("before_value", "变更前", "before", FIELD),
    object("after_value", "变更后", "now", FIELD),
];

/// 变更, of a record
const RECORD_CHANGE: &[Field] = &[
    text("record_id", "记录 ID", "record"),
    words("action", "变更类型", "change", RECORD_ACTION),
    list("before_value", "变更前", "before", &Kind::Object(FIELD_VALUE)),
    list("after_value", "变更后", "now", &Kind::Object(FIELD_VALUE)),
];

/// 通知信息
const NOTICE_META: &[Field] = &[
    words("file_type", "文件类型", "file type", FILE_TYPE),
    text("file_token", "文件 Token", "file token"),
    user("from_user_id", "评论人", "comment by"),
    user("to_user_id", "通知接收人", "notified"),
    words("notice_type", "通知类型", "notice type", NOTICE_TYPE),
];

/// The file that something happened to.
const FILE_TOKEN: Field = text("file_token", "文件 Token", "file token").required();

/// The base that a table is in.
const BASE_TOKEN: Field = text("file_token", "多维表格 Token", "base token").required();

/// A table of a base.
const TABLE_ID: Field = text("table_id", "数据表 ID", "table");

/// What kind of a file it is, where the documentation asks not to rely on that.
const DEPRECATED_FILE_TYPE: Field = words("file_type", "文件类型", "file type", FILE_TYPE).deprecated();

/// Who acted.
const OPERATOR: Field = user("operator_id", "操作人", "operator");

/// Who subscribed to the events of the file.
const SUBSCRIBERS: Field = users("subscriber_id_list", "订阅者", "subscribers");

/// The departments that were made collaborators, or are no longer.
const DEPARTMENTS: Field = texts("open_department_id_list", "部门", "departments");

const FILE_BITABLE_FIELD_CHANGED_V1: Event =
    event_type("drive.file.bitable_field_changed_v1", "多维表格字段变更", "base field changed")
        .fields(&[
            text("file_type", "文件类型", "file type"),
            BASE_TOKEN,
            TABLE_ID,
            OPERATOR,
            list("action_list", "变更", "changes", &Kind::Object(FIELD_CHANGE)),
            integer("revision", "版本号", "revision"),
            SUBSCRIBERS,
            seconds_int("update_time", "变更时间", "changed"),
        ])
        .happened("update_time")
        .person("operator_id.open_id")
        .columns("operator_id action_list revision table_id file_token")
        .page("uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/events/bitable_field_changed");

const FILE_BITABLE_RECORD_CHANGED_V1: Event =
    event_type("drive.file.bitable_record_changed_v1", "多维表格记录变更", "base record changed")
        .fields(&[
            words("file_type", "文件类型", "file type", BITABLE_RECORD_CHANGED_FILE_TYPE),
            BASE_TOKEN,
            TABLE_ID,
            integer("revision", "版本号", "revision"),
            OPERATOR,
            list("action_list", "变更", "changes", &Kind::Object(RECORD_CHANGE)),
            SUBSCRIBERS,
            seconds_int("update_time", "变更时间", "changed"),
        ])
        .happened("update_time")
        .person("operator_id.open_id")
        .columns("operator_id action_list revision table_id file_token")
        .page("uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/events/bitable_record_changed");

const FILE_CREATED_IN_FOLDER_V1: Event =
    event_type("drive.file.created_in_folder_v1", "文件夹下文件创建", "file created in folder")
        .fields(&[
            words("file_type", "文件类型", "file type", FILE_TYPE),
            FILE_TOKEN,
            text("folder_token", "文件夹 Token", "folder token"),
            OPERATOR,
            users("subscriber_ids", "订阅者", "subscribers"),
        ])
        .person("operator_id.open_id")
        .columns("operator_id file_type folder_token file_token")
        .page("uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/events/created_in_folder");

const FILE_DELETED_V1: Event = event_type("drive.file.deleted_v1", "文件彻底删除", "file deleted completely")
    .fields(&[DEPRECATED_FILE_TYPE, FILE_TOKEN, OPERATOR, SUBSCRIBERS.sdk_only()])
    .person("operator_id.open_id")
    .columns("operator_id file_type file_token")
    .header(SUBSCRIPTION)
    .page("ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-deleted-completely");

const FILE_EDIT_V1: Event = event_type("drive.file.edit_v1", "文件编辑", "file edited")
    .fields(&[
        words("file_type", "文件类型", "file type", EDIT_FILE_TYPE).deprecated(),
        FILE_TOKEN,
        users("operator_id_list", "操作人", "operators"),
        SUBSCRIBERS,
        text("sheet_id", "工作表 ID", "sheet").sdk_only(),
    ])
    .columns("operator_id_list file_type file_token")
    .page("ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-edited");

const FILE_PERMISSION_MEMBER_ADDED_V1: Event =
    event_type("drive.file.permission_member_added_v1", "文件协作者添加", "file collaborator added")
        .fields(&[
            texts("chat_list", "添加的群", "added chats"),
            DEPRECATED_FILE_TYPE,
            FILE_TOKEN,
            OPERATOR,
            users("user_list", "添加的用户", "added users"),
            DEPARTMENTS.sdk_only(),
            SUBSCRIBERS.sdk_only(),
        ])
        .person("operator_id.open_id")
        .columns("operator_id user_list chat_list file_type file_token")
        .header(SUBSCRIPTION)
        .page("ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-collaborator-add");

const FILE_PERMISSION_MEMBER_APPLIED_V1: Event =
    event_type("drive.file.permission_member_applied_v1", "文件协作者权限申请", "file access requested")
        .fields(&[
            words("file_type", "文件类型", "file type", FILE_TYPE),
            FILE_TOKEN,
            user("operator_id", "申请人", "applicant"),
            user("approver_id", "审批人", "approver"),
            users("application_user_list", "授权用户", "access for users"),
            texts("application_chat_list", "授权群", "access for chats"),
            texts("application_department_list", "授权部门", "access for departments")
                .note("官方示例为群 ID（oc_）", "a chat ID (oc_) in the official example"),
            text("application_remark", "申请备注", "request note").personal(),
            words("permission", "申请的权限", "permission", PERMISSION),
            users("subscriber_ids", "订阅者", "subscribers"),
        ])
        .person("operator_id.open_id")
        .columns("operator_id permission application_remark approver_id file_type file_token")
        .page("uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/events/permission_member_applied");

const FILE_PERMISSION_MEMBER_REMOVED_V1: Event =
    event_type("drive.file.permission_member_removed_v1", "文件协作者移除", "file collaborator removed")
        .fields(&[
            texts("chat_list", "移除的群", "removed chats"),
            DEPRECATED_FILE_TYPE,
            FILE_TOKEN,
            OPERATOR,
            users("user_list", "移除的用户", "removed users"),
            DEPARTMENTS.sdk_only(),
            SUBSCRIBERS.sdk_only(),
        ])
        .person("operator_id.open_id")
        .columns("operator_id user_list chat_list file_type file_token")
        .header(SUBSCRIPTION)
        .page("ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-collaborator-remove");

const FILE_READ_V1: Event = event_type("drive.file.read_v1", "文件已读", "file read")
    .fields(&[
        words("file_type", "文件类型", "file type", EDIT_FILE_TYPE).deprecated(),
        FILE_TOKEN,
        OPERATOR.conditional().note(
            "仅见于文档表格，官方示例为 operator_id_list",
            "in the documented table only; the official example has operator_id_list",
        ),
        users("operator_id_list", "操作人列表", "operators").conditional().note(
            "仅见于官方示例，文档表格为 operator_id",
            "in the official example only; the documented table has operator_id",
        ),
        SUBSCRIBERS.sdk_only(),
    ])
    .columns("operator_id operator_id_list file_type file_token")
    .header(SUBSCRIPTION)
    .page("ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-read");

const FILE_TITLE_UPDATED_V1: Event =
    event_type("drive.file.title_updated_v1", "文件标题变更", "file title changed")
        .fields(&[DEPRECATED_FILE_TYPE, FILE_TOKEN, OPERATOR, SUBSCRIBERS.sdk_only()])
        .person("operator_id.open_id")
        .columns("operator_id file_type file_token")
        .header(SUBSCRIPTION)
        .page("ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-title-update");

const FILE_TRASHED_V1: Event = event_type("drive.file.trashed_v1", "文件删除到回收站", "file moved to trash")
    .fields(&[DEPRECATED_FILE_TYPE, FILE_TOKEN, OPERATOR, SUBSCRIBERS.sdk_only()])
    .person("operator_id.open_id")
    .columns("operator_id file_type file_token")
    .header(SUBSCRIPTION)
    .page("ukTMukTMukTM/uUDN04SN0QjL1QDN/event/delete-file-to-trash-can");

const NOTICE_COMMENT_ADD_V1: Event =
    event_type("drive.notice.comment_add_v1", "文档评论通知", "document comment added")
        .fields(&[
            object("notice_meta", "通知", "notice", NOTICE_META),
            text("comment_id", "评论 ID", "comment"),
            text("reply_id", "回复 ID", "reply"),
            flag("is_mentioned", "接收人被 @", "mentioned"),
        ])
        .person("notice_meta.from_user_id.open_id")
        .columns(
            "notice_meta.from_user_id notice_meta.notice_type notice_meta.to_user_id is_mentioned \
            notice_meta.file_token comment_id",
        )
        .page("uAjLw4CM/ukTMukTMukTM/reference/drive-v1/notice/events/comment_add");
