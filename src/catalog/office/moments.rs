//! 公司圈 / Moments.

use super::super::entry::{Choice, Event, Field, event_type};
use super::super::words::{choice, choices, integer, object, rfc3339, text, texts, url, user};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &COMMENT_CREATED_V1,
    &COMMENT_DELETED_V1,
    &POST_CREATED_V1,
    &POST_DELETED_V1,
    &POST_STATISTICS_UPDATED_V1,
    &REACTION_CREATED_V1,
    &REACTION_DELETED_V1,
];

/// 用户类型
const USER_TYPE: &[Choice] = &[
    choice(1, "实名", "real name"),
    choice(2, "花名", "nickname"),
    choice(3, "匿名", "anonymous"),
    choice(4, "官方号", "official account"),
];

/// 互动对象类型
const ENTITY_TYPE: &[Choice] = &[choice(1, "帖子", "post"), choice(2, "评论", "comment")];

/// 统计类型
const STATISTICS_TYPE: &[Choice] = &[choice(1, "分享次数", "shares")];

/// 统计数据
const STATISTICS: &[Field] = &[integer("share_count", "分享次数", "shares")];

const COMMENT_CREATED_V1: Event =
    event_type("moments.comment.created_v1", "发布评论", "moments comment posted")
        .fields(&[
            user("user_id", "评论人", "commenter").conditional(),
            text("id", "评论 ID", "comment"),
            rfc3339("create_time", "评论时间", "created"),
            text("post_id", "帖子 ID", "post"),
            text("reply_comment_id", "回复的评论 ID", "in reply to"),
            text("root_comment_id", "根评论 ID", "root comment"),
            choices("user_type", "评论人类型", "commenter type", USER_TYPE),
        ])
        .happened("create_time")
        .record("id")
        .person("user_id.open_id")
        .columns("user_id user_type post_id reply_comment_id id")
        .page("uAjLw4CM/ukTMukTMukTM/moments-v1/comment/events/created");

const COMMENT_DELETED_V1: Event =
    event_type("moments.comment.deleted_v1", "删除评论", "moments comment deleted")
        .fields(&[text("id", "评论 ID", "comment"), text("post_id", "帖子 ID", "post")])
        .columns("post_id id")
        .page("uAjLw4CM/ukTMukTMukTM/moments-v1/comment/events/deleted");

const POST_CREATED_V1: Event = event_type("moments.post.created_v1", "发布帖子", "moment posted")
    .fields(&[
        text("id", "帖子 ID", "post"),
        user("user_id", "发帖人", "author").conditional(),
        rfc3339("create_time", "发帖时间", "created"),
        texts("category_ids", "板块", "categories"),
        url("link", "帖子链接", "link"),
        choices("user_type", "发帖人类型", "author type", USER_TYPE),
    ])
    .happened("create_time")
    .record("id")
    .person("user_id.open_id")
    .columns("user_id user_type category_ids link id")
    .page("uAjLw4CM/ukTMukTMukTM/moments-v1/post/events/created");

const POST_DELETED_V1: Event = event_type("moments.post.deleted_v1", "删除帖子", "moment deleted")
    .fields(&[text("id", "帖子 ID", "post")])
    .columns("id")
    .page("uAjLw4CM/ukTMukTMukTM/moments-v1/post/events/deleted");

const POST_STATISTICS_UPDATED_V1: Event =
    event_type("moments.post_statistics.updated_v1", "帖子统计数据变更", "moment statistics changed")
        .fields(&[
            text("post_id", "帖子 ID", "post"),
            choices("statistics_type", "统计类型", "statistic", STATISTICS_TYPE),
            object("statistics", "统计数据", "statistics", STATISTICS),
        ])
        .columns("statistics_type statistics.share_count post_id")
        .page("uAjLw4CM/ukTMukTMukTM/moments-v1/post_statistics/events/updated");

const REACTION_CREATED_V1: Event =
    event_type("moments.reaction.created_v1", "表情互动", "moments reaction added")
        .fields(&[
            text("type", "表情类型", "emoji"),
            user("user_id", "用户", "user").conditional(),
            text("entity_id", "互动对象 ID", "target"),
            text("id", "表情互动 ID", "reaction"),
            choices("entity_type", "互动对象类型", "target type", ENTITY_TYPE),
            choices("user_type", "用户类型", "user type", USER_TYPE),
            rfc3339("create_time", "互动时间", "created"),
        ])
        .happened("create_time")
        .person("user_id.open_id")
        .columns("user_id type entity_type entity_id id")
        .page("uAjLw4CM/ukTMukTMukTM/moments-v1/reaction/events/created");

const REACTION_DELETED_V1: Event =
    event_type("moments.reaction.deleted_v1", "取消表情互动", "moments reaction cancelled")
        .fields(&[
            text("type", "表情类型", "emoji"),
            user("user_id", "用户", "user").conditional(),
            text("entity_id", "互动对象 ID", "target"),
            text("id", "表情互动 ID", "reaction"),
            choices("entity_type", "互动对象类型", "target type", ENTITY_TYPE),
            choices("user_type", "用户类型", "user type", USER_TYPE),
        ])
        .person("user_id.open_id")
        .columns("user_id type entity_type entity_id id")
        .page("uAjLw4CM/ukTMukTMukTM/moments-v1/reaction/events/deleted");
