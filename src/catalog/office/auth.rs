//! 授权 / Authorization.

use super::super::entry::{Event, Word, event_type};
use super::super::words::{text, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[&USER_ACCESS_TOKEN_REVOKED_V4];

/// 撤销类型
const REVOKE_TOKEN_TYPE: &[Word] = &[
    word("user_access_token", "仅用户凭证", "access token only"),
    word("refresh_token", "仅刷新凭证", "refresh token only"),
    word("user_access_token refresh_token", "两者", "both tokens"),
];

/// 撤销原因
const REVOKE_REASON: &[Word] = &[
    word("Revoked by unknown action.", "未知动作", "unknown action"),
    word("Revoked by user action.", "被用户撤销", "by the user"),
    word("Revoked by administrator action.", "被管理员撤销", "by an admin"),
    word("Revoked by security and risk control action.", "因风控和安全被撤销", "security control"),
    word("Revoked by restriction action.", "因限制动作被撤销", "restriction"),
];

const USER_ACCESS_TOKEN_REVOKED_V4: Event =
    event_type("auth.user_access_token.revoked_v4", "用户授权撤销", "user authorisation revoked")
        .fields(&[
            words("revoke_token_type", "撤销类型", "revoked tokens", REVOKE_TOKEN_TYPE),
            words("revoke_reason", "撤销原因", "reason", REVOKE_REASON),
            text("open_id", "Open ID", "open ID").personal(),
            text("union_id", "Union ID", "union ID").personal(),
            text("user_id", "User ID", "user ID").scoped().personal(),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/authentication-management/auth-v4/user_access_token/events/revoked");
