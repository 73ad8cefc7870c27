"""What people were asked, and what they answered."""

from __future__ import annotations

#: key -> (Chinese, English).
MESSAGES: dict[str, tuple[str, str]] = {
    "no_named_column": (
        "缺少一列，须有其一：{names}（现有：{have}）",
        "a column is missing; one of these is needed: {names} (the file has {have})",
    ),
    "survey_there": (
        "review.toml 已有 [survey]；请先删去，再用 --survey",
        "review.toml has a [survey] already; delete it before you use --survey",
    ),
    "role_twice": (
        "已有一题的量表是“{scale}”，{got} 不能也是；请改正，或改为“不用”",
        "another row has the scale {scale} already, so {got} cannot; correct it, or write skip",
    ),
    "item_reserved": (
        "题号 {got} 已有用途；请换一个，如 Q1",
        "the name {got} is taken; call the item otherwise, such as Q1",
    ),
    "item_twice": (
        "{got} 写了两次；每题一行，请删去一行或改名",
        "{got} stands twice; give each its own row, and delete or rename one",
    ),
    "no_construct": (
        "没有一题属于维度 {got}；量表写“维度”的一行，题号要与“维度”一列的名称相同{hint}",
        "no question belongs to construct {got}; a row whose scale is construct is called as the "
        "column construct calls it{hint}",
    ),
    "construct_steps": (
        "维度 {got} 各题的档数不同，不能合在一起关联；请改在各题上写关联指标{hint}",
        "the questions of construct {got} have scales of different steps and cannot be taken "
        "together; link the questions instead{hint}",
    ),
    "construct_of_one": (
        "维度 {got} 只有 {item} 一题，无从计算信度；请归入其他维度，或把这一格留空",
        "construct {got} has the one question {item}, of which nothing hangs together; put it to "
        "another construct, or leave the cell empty",
    ),
    "no_scale": (
        "量表 {got!r} 无法识别；请写各档用语（由低到高，如 非常不满意|不太满意|一般|比较满意|非常满意）、"
        "数的范围（如 1-5），或：单选、多选、文字、单位、编号、用时、提交时间、维度、不用{hint}",
        "{got!r} is no scale; write its words from low to high (disagree|neutral|agree), a range of "
        "numbers (1-5), or one of: choice, multi, text, office, id, seconds, time, construct, skip{hint}",
    ),
    "scale_backwards": (
        "量表由高到低写着：{got}；请由低到高写成 {right}，题目措辞反向的另在“反向”一列写“是”",
        "the scale stands from high to low: {got}; write {right}, and put yes under reversed where "
        "the wording is the contrary",
    ),
    "reversed_twice": (
        "反向了两次：量表由高到低写着（{got}），“反向”一列又写了“是”；请把量表改为 {right}",
        "reversed twice: the scale stands from high to low ({got}), and reversed says yes; write "
        "the scale as {right}",
    ),
    "reversed_no_scale": (
        "只有量表题才分正反，这一题是 {got}；请把“反向”留空",
        "only a question with a scale can be reversed, this one is {got}; leave reversed empty",
    ),
    "not_scaled": (
        "这一题是 {scale}，不是量表题，{name} 不能写 {got}；请留空",
        "this question is {scale} and has no scale, so {name} cannot be {got}; leave it empty",
    ),
    "no_question": (
        "题目 {item}（{got}）在 {file} 中没有对应的列；请核对题目文字{hint}",
        "there is no column in {file} for question {item} ({got}); look up its wording{hint}",
    ),
    "off_scale": (
        "{got!r} 不在题目 {item} 的量表上（{n} 行，首行为第 {row} 行数据）；请改正，或把这一格留空，或在编码表的量表中补上这一档",
        "{got!r} is no step of question {item} ({n} rows, first data row {row}); correct it, leave the cell empty, or add "
        "the step to the scale in the codebook",
    ),
    "one_respondent": (
        "{n} 份答卷的编号都是 {got}：是同一人所答，还是这一列不是编号？后者请把量表改为“不用”",
        "all {n} answers bear the number {got}: are they of one respondent? If the column is no "
        "number of respondents, write skip for its scale",
    ),
    "one_answer": (
        "{n} 份答卷逐题相同，用时也相同，应为同一人所答；请重新导出答卷",
        "all {n} answers are the same, and took as long: they are of one respondent; export the "
        "answers anew",
    ),
    "more_returned": (
        "{office} 回收 {returned} 份，多于发放的 {issued} 份；请核对",
        "{office} gave back {returned}, more than the {issued} it was given; look it up",
    ),
    "office_twice": ("{got} 写了两行；请合并为一行", "{got} has two rows; make them one"),
    "more_answers": (
        "{office}的答卷有 {got} 份，多于发放（或回收）的 {most} 份；请核对份数，或查找重复的答卷",
        "{office}: {got} answers are more than the {most} that were issued (or returned); look up "
        "the numbers, or look for answers given twice",
    ),
    "office_not_issued": (
        "答卷中的单位 {got} 在发放表中没有；请补上一行，或改正答卷中的名称",
        "office {got} of the answers is not among those that were given any; add a row, or correct "
        "its name in the answers",
    ),
    "nothing_drawn": (
        "问卷中没有可画的内容（表 {name} 没有行）：例如没有所在单位，或没有多选题",
        "the survey holds nothing to draw (table {name} has no rows): no offices, say, or no question "
        "that lets several options be ticked",
    ),
    "survey_needs_log": (
        "问卷要加入一个评估文件夹：先有办理记录，如 efficiency new {folder} --log 收文.xlsx --survey 答卷.xlsx",
        "a survey joins a review folder: begin with a record of work, efficiency new {folder} --log "
        "LOG --survey ANSWERS",
    ),
    "no_rule": (
        "没有名为 {got!r} 的有效性规则；请给出一列名称，如 rules=('twice', 'too_fast'){hint}",
        "there is no rule of validity {got!r}; give a list of names, rules=('twice', 'too_fast'){hint}",
    ),
    "no_trait": (
        "没有名为 {got!r} 的单选题，无从交叉{hint}",
        "no single choice is called {got!r}, so nothing can be crossed with it{hint}",
    ),
    "linked_unknown": (
        "关联指标 {got!r} 不是时限编号、规则编号或环节名{hint}",
        "{got!r} is neither a standard, a rule nor an activity of any log{hint}",
    ),
    "linked_several": (
        "{got!r} 在几份日志中都有（{logs}）；请写明是哪份，如 {right}",
        "{got!r} is in several logs ({logs}); say which, as {right}",
    ),
    "office_not_staffed": (
        "答卷中的单位 {got}（{n} 份，首见第 {row} 行数据）在人员表中没有；请改正名称，或在人员表中补上一行（人数不明写 *）{hint}",
        "office {got} of {n} answers (first data row {row}) is not in the table of staff; correct its name, or add a row "
        "(write * where the number is not known){hint}",
    ),
    "unasked": (
        "编码表没有写到的列，未作统计：{names}",
        "columns of which the codebook says nothing were left alone: {names}",
    ),
    "against_its_construct": (
        "题目 {item} 与维度 {construct} 的其他题负相关（r = {r}）：可能是反向题没有标，或平台已经反向计分又标了反向；请核对",
        "question {item} runs against the others of {construct} (r = {r}): it may be reversed and "
        "not marked, or turned by the platform and marked all the same; look it up",
    ),
    "unread_seconds": (
        "有 {n} 份答卷的用时无法识别，“用时过短”的规则没有用到它们；写法如 375秒、6分15秒、00:06:15",
        "the time taken of {n} answers cannot be read, so the rule too_fast leaves them alone; write "
        "375, 6 min 15 s or 00:06:15",
    ),
    "frame_differs": (
        "{name} 的取值与答卷不一致，没有加权：答卷多出 {more}，答卷没有 {missing}；请统一名称",
        "the values of {name} are not those of the answers, so nothing is weighted: the answers have "
        "{more} besides and lack {missing}; name them alike",
    ),
    "issued_untold": (
        "没有写发放份数（issued），不计算回收率",
        "it is not said how many were issued (issued): no share of returns is told",
    ),
    "no_offices": (
        "答卷中没有所在单位（或只有一个），置信区间未计入同一单位答案的相似，偏窄",
        "the office of those who answered is not known, or is one: intervals leave out how alike "
        "answers of one office are, and are too narrow",
    ),
    "staff_sums": (
        "人员表中各项之和与总数不符，这些单位未计入人员结构：{offices}；请核对",
        "parts and totals do not agree in the table of staff; left out were: {offices}; look them up",
    ),
}
