//! What an endpoint gets that subscribes to many things.

use crate::catalog::{EVENTS, Event};

use super::generate::MESSAGE;

/// How many of a thousand events are of a type, more or less.
const COMMON: &[(&str, u32)] = &[
    (MESSAGE, 290),
    ("im.message.message_read_v1", 170),
    ("im.message.reaction.created_v1", 35),
    ("im.message.recalled_v1", 6),
    ("im.chat.member.user.added_v1", 8),
    ("im.chat.member.bot.added_v1", 3),
    ("im.chat.updated_v1", 5),
    ("attendance.user_flow.created_v1", 130),
    ("attendance.user_task.updated_v1", 25),
    ("contact.user.updated_v3", 12),
    ("contact.user.created_v3", 5),
    ("contact.user.deleted_v3", 3),
    ("contact.department.updated_v3", 3),
    ("approval_instance", 25),
    ("approval_task", 30),
    ("out_approval", 5),
    ("leave_approvalV2", 5),
    ("approval.approval.updated_v4", 4),
    ("approval.instance.remedy_group_update_v4", 6),
    ("approval.instance.trip_group_update_v4", 5),
    ("calendar.calendar.event.changed_v4", 30),
    ("drive.file.edit_v1", 22),
    ("drive.file.read_v1", 12),
    ("drive.file.title_updated_v1", 4),
    ("drive.file.bitable_record_changed_v1", 15),
    ("drive.notice.comment_add_v1", 8),
    ("card.action.trigger", 32),
    ("application.bot.menu_v6", 9),
    ("vc.meeting.meeting_started_v1", 7),
    ("vc.meeting.meeting_ended_v1", 7),
    ("vc.meeting.join_meeting_v1", 12),
    ("vc.meeting.leave_meeting_v1", 12),
    ("task.task.updated_v1", 12),
    ("task.task.comment.updated_v1", 4),
    ("mail.user_mailbox.event.message_received_v1", 9),
];

/// And all other types together.
const OTHERS: u32 = 30;

/// The weight of a type in a mixed capture: other types share theirs.
pub(super) fn weight(event: &Event) -> u32 {
    let others = (EVENTS.len() - COMMON.len()) as u32;
    COMMON.iter().find(|(name, _)| *name == event.name).map_or(OTHERS, |(_, weight)| weight * others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog;

    #[test]
    fn common_types_are_known_and_named_once() {
        for (at, (name, _)) in COMMON.iter().enumerate() {
            assert!(catalog::event(name).is_some(), "{name}");
            assert!(COMMON[..at].iter().all(|(other, _)| other != name), "{name}");
        }
    }
}
