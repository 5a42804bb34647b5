//! 在线学习 / Learning.

use super::super::entry::{Choice, Event, Field, TimeSpan, Wire, event_type};
use super::super::words::{choice, choices, duration, object, seconds_int, text, texts, user};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] =
    &[&COURSE_REGISTRATION_CREATED_V2, &COURSE_REGISTRATION_DELETED_V2, &COURSE_REGISTRATION_UPDATED_V2];

/// 加入方式
const ENROLL_TYPE: &[Choice] = &[
    choice(1, "被管理员指派", "assigned by admin"),
    choice(2, "学员自主加入", "joined on their own"),
    choice(3, "按照规则自动加入", "joined by rule"),
    choice(4, "学员申请被批准加入", "joined by application"),
];

/// 学习状态
const LEARNING_STATE: &[Choice] = &[
    choice(0, "课程未开始", "not started"),
    choice(1, "课程学习中", "learning"),
    choice(2, "课程已通过", "passed"),
    choice(3, "课程不合格", "failed"),
];

/// 学员
const LEARNER: &[Field] = &[
    user("user_id", "学员", "learner"),
    text("email", "邮箱", "email").personal(),
    text("phone", "手机号", "phone").personal(),
];

const COURSE_ID: Field = text("course_id", "课程 ID", "course");

/// 课程学习进度
const COURSE_REGISTRATION: &[Field] = &[
    COURSE_ID,
    object("learner", "学员", "learner", LEARNER),
    seconds_int("enroll_at", "加入时间", "enrolled"),
    choices("enroll_type", "加入方式", "enrolment", ENROLL_TYPE),
    duration("learning_duration", "学习时长", "learning time", TimeSpan::Seconds, Wire::Integer),
    seconds_int("finished_at", "完成时间", "finished"),
    choices("learning_state", "学习状态", "learning state", LEARNING_STATE)
        .open()
        .note("官方示例为 4，文档未列出", "4 in the official examples, which is not documented"),
    texts("compulsory_lesson_ids", "必修章节", "compulsory lessons"),
    texts("learned_compulsory_lesson_ids", "已完成必修章节", "compulsory lessons done"),
    texts("optional_lesson_ids", "选修章节", "optional lessons"),
    texts("learned_optional_lesson_ids", "已完成选修章节", "optional lessons done"),
];

/// What is told first of it.
const PROGRESS: &str = "learner.user_id learning_state learning_duration enroll_type finished_at course_id";

const COURSE_REGISTRATION_CREATED_V2: Event =
    event_type("elearning.course_registration.created_v2", "课程学习进度新增", "course progress added")
        .fields(COURSE_REGISTRATION)
        .person("learner.user_id.open_id")
        .columns(PROGRESS)
        .page("uAjLw4CM/ukTMukTMukTM/elearning-v2/course_registration/events/created");

const COURSE_REGISTRATION_DELETED_V2: Event =
    event_type("elearning.course_registration.deleted_v2", "课程学习进度删除", "course progress deleted")
        .fields(&[COURSE_ID, object("learner", "学员", "learner", LEARNER)])
        .person("learner.user_id.open_id")
        .columns("learner.user_id learner.email learner.phone course_id")
        .page("uAjLw4CM/ukTMukTMukTM/elearning-v2/course_registration/events/deleted");

const COURSE_REGISTRATION_UPDATED_V2: Event =
    event_type("elearning.course_registration.updated_v2", "课程学习进度更新", "course progress changed")
        .fields(COURSE_REGISTRATION)
        .person("learner.user_id.open_id")
        .columns(PROGRESS)
        .page("uAjLw4CM/ukTMukTMukTM/elearning-v2/course_registration/events/updated");
