//! 授权 / Authorization.

use super::super::entry::{Event, Word, event_type};
use super::super::words::{text, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[&USER_ACCESS_TOKEN_REVOKED_V4];

/// 撤销的凭证
const REVOKE_TOKEN_TYPE: &[Word] = &[
    word("user_access_token", "仅用户访问凭证", "access token only"),
    word("refresh_token", "仅刷新凭证", "refresh token only"),
    word("user_access_token refresh_token", "用户访问凭证和刷新凭证", "access and refresh token"),
];

/// 撤销原因
const REVOKE_REASON: &[Word] = &[
    word("Revoked by unknown action.", "未知操作", "unknown action"),
    word("Revoked by user action.", "用户撤销", "user"),
    word("Revoked by administrator action.", "管理员撤销", "admin"),
    word("Revoked by security and risk control action.", "安全风控", "security and risk control"),
    word("Revoked by restriction action.", "限制操作", "restriction"),
];

const USER_ACCESS_TOKEN_REVOKED_V4: Event =
    event_type("auth.user_access_token.revoked_v4", "用户授权撤销", "user authorisation revoked")
        .fields(&[
            words("revoke_token_type", "撤销的凭证", "revoked tokens", REVOKE_TOKEN_TYPE),
            words("revoke_reason", "撤销原因", "revoked by", REVOKE_REASON),
            text("open_id", "Open ID", "open ID").personal().line("用户", "user"),
            text("union_id", "Union ID", "union ID").personal().line("用户", "user"),
            text("user_id", "User ID", "user ID").scoped().personal().line("用户", "user"),
        ])
        .person("open_id")
        .columns("open_id revoke_token_type revoke_reason")
        .page("uAjLw4CM/ukTMukTMukTM/authentication-management/auth-v4/user_access_token/events/revoked");
