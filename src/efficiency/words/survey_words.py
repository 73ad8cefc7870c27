"""What is said of questionnaires, interviews and staff."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    # --- findings
    "opinion_title": (
        "“{item}”：{answer}的只有{share}",
        "'{item}': only {share} of those asked {answer}",
    ),
    "opinion_criterion": (
        "问卷中作肯定评价的不少于半数；多选题中没有一个选项过半。",
        "At least half of those asked are in favour; no option is chosen by more than half.",
    ),
    "opinion_condition": (
        "作答的 {n} 人中，{k} 人{answer}，占 {share}（95%置信区间 {low} 至 {high}{interval}），含中间档 {wide}；平均 {mean} 分，满分 {steps} 分。",
        "Of {n} who answered, {k} {answer}, {share} (95% confidence interval {low} to {high}{interval}), {wide} with the middle included; {mean} of {steps} points on average.",
    ),
    "opinion_cause": (
        "问卷只说明受访者的看法，不说明原因。",
        "A questionnaire tells what people think, and not why it is so.",
    ),
    "opinion_effect": (
        "看法不等于事实；反映集中的问题值得逐项核实。",
        "What people think is not yet a fact; what many raise is worth looking into.",
    ),
    "opinion_action": (
        "结合访谈和办理记录核实，再定措施。",
        "Look into it with interviews and the record, then decide what to do.",
    ),
    "opinion_milder_title": (
        "“{item}”：{share}的受访者{answer}，记录未达到要求",
        "'{item}': {share} of those asked {answer}, the record falls short",
    ),
    "opinion_harsher_title": (
        "“{item}”：只有{share}的受访者{answer}，记录达到要求",
        "'{item}': only {share} of those asked {answer}, the record meets its aim",
    ),
    "opinion_both_bad_title": (
        "“{item}”：只有{share}的受访者{answer}，与记录一致",
        "'{item}': only {share} of those asked {answer}, and the record agrees",
    ),
    "opinion_beside_criterion": (
        "同一事项，问卷看法与办理记录应当相互印证。",
        "Of the same thing, opinion and record should bear each other out.",
    ),
    **{
        f"opinion_{key}_condition": (
            "作答的 {n} 人中，{share} {answer}（95%置信区间 {low} 至 {high}）；"
            "同一事项（{linked}）的{record_word}为 {record}（n = {record_n}）。",
            "Of {n} who answered, {share} {answer} (95% confidence interval {low} to "
            "{high}); the {record_word} of the same ({linked}) is {record} (n = {record_n}).",
        )
        for key in ("milder", "harsher", "both_bad")
    },
    "opinion_milder_effect": (
        "看法好于记录。办结与按期办结不是一回事，只听评价会看不到超时。",
        "Opinion is better than the record. Done is not done in time: who only asks does not see "
        "what is late.",
    ),
    "opinion_harsher_effect": (
        "看法差于记录。可能记录只含部分环节、要求偏松，或印象来自从前，须核实。",
        "Opinion is worse than the record. The record may cover a part of the way, the aim be low, "
        "or the impression date from before: it is to be looked into.",
    ),
    "opinion_both_bad_effect": (
        "看法与记录相互印证。", "Opinion and record bear each other out.",
    ),
    "opinion_milder_action": (
        "以记录为准安排改进，并向受访单位通报按期办结情况。",
        "Go by the record, and tell those who were asked how much is done in time.",
    ),
    "opinion_harsher_action": (
        "请受访单位举出具体事项，逐件与记录核对。",
        "Ask for cases, and hold each against the record.",
    ),
    "opinion_both_bad_action": (
        "与该事项的问题一并改进。", "Mend it together with the problem that the record shows.",
    ),
    "opinion_choice_title": (
        "“{item}”：{share}的受访者选择“{option}”",
        "'{item}': {share} of those asked chose '{option}'",
    ),
    "opinion_choice_condition": (
        "作答的 {n} 人中，{k} 人选择“{option}”，占 {share}（95%置信区间 {low} 至 {high}）；可选多项。",
        "Of {n} who answered, {k} chose '{option}', {share} (95% confidence interval {low} to "
        "{high}); several could be chosen.",
    ),
    "interval_over_offices": (
        "，已计入同一单位答案的相似", ", answers of one office counted as alike",
    ),
    "interval_alone": (
        "，单位不明，偏窄", ", too narrow since offices are not known",
    ),
    "answer_favour": ("作肯定评价", "are in favour"),
    "answer_denied": ("作否定回答", "are of the contrary view"),
    "item_turned": ("{item}（反向题）", "{item} (reversed)"),
    "record_limit": ("达标率", "share met"),
    "record_rule": ("违反率", "share in breach"),
    "record_step": ("用时中位数", "median time"),
    "measured_share_favour": (
        "作肯定评价的比例",
        "share in favour",
    ),
    # --- main text: what was asked
    "asked_returns": (
        "发放问卷{issued}份，回收{returned}份，回收率{return_share}；其中有效问卷{valid}份，有效率{valid_share}。",
        "{issued} questionnaires were issued and {returned} came back ({return_share}); {valid} of "
        "them count ({valid_share}).",
    ),
    "asked_returns_untold": (
        "回收问卷{returned}份，其中有效问卷{valid}份，有效率{valid_share}；发放份数没有记录，不计算回收率。",
        "{returned} questionnaires came back, of which {valid} count ({valid_share}); it is not on "
        "record how many were issued, so no share of returns is told.",
    ),
    "asked_left_out": (
        "无效问卷按事先定下的规则认定：{items}。",
        "What does not count was told by rules set beforehand: {items}.",
    ),
    "asked_rule_twice": ("重复填答{n}份", "answered twice {n}"),
    "asked_rule_too_fast": ("用时过短{n}份", "too fast {n}"),
    "asked_rule_all_alike": ("正反题答案相同{n}份", "the same throughout, also where reversed {n}"),
    "asked_rule_half_empty": ("过半未答{n}份", "half empty {n}"),
    "asked_interviews": ("访谈{n}人次。", "{n} interviews were held."),
    "asked_sample": (
        "有效问卷的构成见{table}。", "Who answered is shown in {table}.",
    ),
    "sample_caption": ("有效问卷的构成", "Who answered"),
    "asked_unweighted": (
        "以下问卷比例未加权。", "Shares of answers are not weighted.",
    ),
    "asked_offices": (
        "问卷比例的区间已计入同一单位答案的相似。",
        "Intervals of shares count answers of one office as alike.",
    ),
    # --- main text: staff
    "section_staff": ("机构人员", "Staff"),
    "staff_total": ("在册工作人员{n}人。", "There are {n} staff on record."),
    "staff_total_least": ("在册工作人员不少于{n}人。", "There are at least {n} staff on record."),
    "staff_total_known": (
        "人数已知的{offices}个单位共有工作人员{n}人。",
        "The {offices} offices whose number is known have {n} staff.",
    ),
    "staff_total_known_least": (
        "人数已知的{offices}个单位共有工作人员不少于{n}人。",
        "The {offices} offices whose number is known have at least {n} staff.",
    ),
    "staff_by": ("按{attribute}分，{items}。", "By {attribute}: {items}."),
    "staff_by_known": (
        "{attribute}人数齐全的{offices}个单位中，{items}。",
        "In the {offices} offices that tell all of it, by {attribute}: {items}.",
    ),
    "staff_untold": (
        "{attribute}人数没有一个单位齐全，不列构成。",
        "No office tells all of its numbers by {attribute}.",
    ),
    "staff_item": ("{value}{n}人（{share}）", "{value} {n} ({share})"),
    # --- main text: what people rate well
    "section_praised": ("受访者评价较好的方面", "What people rate well"),
    "praised_told": ("问卷中评价较好的是：{items}。", "People rate well: {items}."),
    "praised_item": (
        "“{item}”，作答的{n}人中{share}{answer}",
        "'{item}', {share} of {n} {answer}",
    ),
    "praised_agrees": ("，与办理记录方向一致", ", and the record points the same way"),
    "praised_none": (
        "问卷中没有一题的肯定评价明确过半，最高的是“{item}”，{share}{answer}。",
        "No question has clearly more than half in favour; the highest is '{item}', {share} {answer}.",
    ),
    "praised_figure": ("各题作答分布见{figure}。", "How they were answered is shown in {figure}."),
    "figure_likert": ("问卷主要题目的作答分布", "How the main questions were answered"),
    "alt_likert": (
        "每题一条横杠，否定评价在左、肯定评价在右",
        "one bar a question, unfavourable answers at the left and favourable ones at the right",
    ),
    # --- main text: people's views in the themes they touch
    "voice_both_bad": (
        "问卷中只有{share}的人对“{item}”{answer}（含中间档{wide}），与记录方向一致。",
        "Of those asked, only {share} {answer} on '{item}' ({wide} with the middle), and the record points the same way.",
    ),
    "voice_both_fine": (
        "问卷中{share}的人对“{item}”{answer}，与记录方向一致。",
        "Of those asked, {share} {answer} on '{item}', and the record points the same way.",
    ),
    "voice_open": (
        "问卷中{share}的人对“{item}”{answer}，与记录是否一致尚不能判定。",
        "Of those asked, {share} {answer} on '{item}'; whether the record agrees cannot be told yet.",
    ),
    "voice_few": (
        "“{item}”，作答的{n}人中{k}人{answer}，占{share}（含中间档{wide}），不到半数",
        "'{item}': {k} of {n} who answered {answer}, {share} ({wide} with the middle), fewer than half",
    ),
    "voice_picked": (
        "问及“{item}”，作答的{n}人中{k}人选择“{option}”，占{share}",
        "asked for '{item}', {k} of {n} chose '{option}', {share}",
    ),
    "voice_milder": (
        "“{item}”，{share}的人{answer}，而记录的{word}为{record}，低于要求{done}",
        "'{item}': {share} {answer}, while the {word} on record is {record}, short of the "
        "aim{done}",
    ),
    "voice_milder_rule": (
        "“{item}”，{share}的人{answer}，而记录的{word}为{record}",
        "'{item}': {share} {answer}, while the {word} on record is {record}",
    ),
    "voice_done": (
        "（该类事项办结率{done}，办结不等于按期办结）",
        " ({done} of these matters are done; done is not done in time)",
    ),
    "voice_harsher": (
        "“{item}”，只有{share}的人{answer}，而记录的{word}为{record}，达到要求，看法与记录不一致，须核实",
        "'{item}': only {share} {answer}, while the {word} on record is {record} and meets the aim: opinion and record differ, and it is to be looked into",
    ),
    # --- main text: what people give as reasons
    "section_said": ("受访者谈到的原因", "What people give as reasons"),
    "said_picked": (
        "问卷问及“{item}”，可选多项，作答的{n}人中{items}。",
        "Asked for '{item}', where several could be chosen, of {n} who answered {items}.",
    ),
    "said_option": ("选“{option}”的占{share}", "{share} chose '{option}'"),
    "said_close": (
        "各项接近，区间互有重叠。", "They lie close together, and their intervals overlap.",
    ),
    "said_interviews": (
        "访谈{n}人次，谈到较多的是{items}。", "In {n} interviews, what came up most is {items}.",
    ),
    "said_code": ("{code}（{k}次）", "{code} ({k})"),
    "said_caution": (
        "以上是受访者的看法，不据此断定原因。", "These are views, and no proof of a reason.",
    ),
    "summary_ends": (
        "问卷中认可最多的是“{best}”（{most}），最少的是“{worst}”（{least}）。",
        "Most are in favour of '{best}' ({most}), fewest of '{worst}' ({least}).",
    ),
    "asked_when": ("问卷在{first}至{last}收回。", "They came back from {first} to {last}."),
    "summary_asked": (
        "同时回收有效问卷{valid}份。", "Besides, {valid} questionnaires count.",
    ),
    "summary_asked_both": (
        "同时回收有效问卷{valid}份、访谈{n}人次。",
        "Besides, {valid} questionnaires count and {n} interviews were held.",
    ),
    # --- annex
    "chapter_survey": ("附件九　问卷、访谈和人员", "Annex 9. Questionnaire, interviews and staff"),
    "survey_returns_heading": ("发放、回收和有效", "Issued, returned and valid"),
    "survey_questions_heading": ("题目和作答分布", "The questions and how they were answered"),
    "survey_scales_heading": ("量表的信度", "How the questions hang together"),
    "survey_groups_heading": ("不同人群和单位", "Groups and offices"),
    "survey_open_heading": ("多选题和开放题", "Options and open answers"),
    "survey_record_heading": ("看法与记录的印证", "Opinion beside record"),
    "survey_interviews_heading": ("访谈", "Interviews"),
    "survey_staff_heading": ("人员", "Staff"),
    "survey_method": (
        "比例以作答的有效问卷为分母；肯定评价为中间档以上，否定评价为中间档以下，反向题已调转。满意率有两种口径：一为中间档以上，二为含中间档（基本满意、一般）。"
        "置信区间为95%，以单位为群计入同一单位答案的相似（设计效应），自由度为单位数减一。均值只作参考。",
        "Shares are of valid respondents who answered; in favour is above the middle of the scale, "
        "against below it, reversed questions turned. Satisfaction has two definitions: above the "
        "middle, and the middle included. Intervals are of 95%, with offices as clusters (design "
        "effect) and as many degrees of freedom as offices less one. Means are beside.",
    ),
    "survey_no_clusters": (
        "答卷没有所在单位，区间未计入同一单位答案的相似，偏窄。",
        "The offices of those who answered are not known: intervals leave out how alike answers of "
        "one office are, and are too narrow.",
    ),
    "returns_caption": ("问卷发放、回收和有效份数", "Questionnaires issued, returned and valid"),
    "validity_caption": ("有效性规则及剔除份数", "Rules of validity and what they leave out"),
    "items_caption": ("问卷题目", "The questionnaire"),
    "levels_caption": ("各题各档人数（按题目原来的方向）", "Answers by step, as the questions put it"),
    "opinions_caption": ("量表题的作答情况", "Answers to the questions with a scale"),
    "reliability_caption": ("各维度的信度（克隆巴赫α）", "Cronbach's alpha of each construct"),
    "reliability_text": (
        "α区间按Feldt计算。“删后α”高于维度的α，或“题余相关”为负的题，应当查看是否反向或不属于这一维度。没有给出ω：所用程序库中没有可靠的算法。",
        "The interval of alpha is Feldt's. Look at a question whose alpha if dropped is higher than "
        "that of its construct, or whose correlation with the rest is negative: it may be reversed, "
        "or belong elsewhere. Omega is not given: no library that is kept computes it.",
    ),
    "item_rest_caption": ("各题与本维度其他题", "Each question against its construct"),
    "crosstabs_caption": (
        "不同人群的差异（瓦尔德检验，以单位为群；p按Holm法校正）",
        "Differences between groups (Wald's test over offices, p by Holm)",
    ),
    "crosstab_cells_caption": ("不同人群作肯定评价的比例", "Share in favour by group"),
    "crosstabs_none": (
        "在{n}项检验中，没有一项在校正后显示人群之间的差异。",
        "None of {n} tests shows a difference between groups once adjusted.",
    ),
    "office_opinions_caption": (
        "各单位各维度作肯定评价的比例（%）", "Share in favour by office and construct (%)",
    ),
    "choices_caption": ("“{item}”各选项", "'{item}': options"),
    "open_caption": ("“{item}”按词表归类", "'{item}' by the word list"),
    "open_text": (
        "开放题按词表逐字查找归类，不作猜测；没有任何词出现的另计。",
        "Open answers are coded by the words of the list alone; those in which none occurs are "
        "counted apart.",
    ),
    "open_untold": (
        "“{item}”有{n}人写了意见，没有给出词表，未归类。",
        "{n} wrote something under '{item}'; there is no word list, so it is not coded.",
    ),
    "open_none": ("词表以外", "outside the list"),
    "triangulation_caption": ("看法与记录对照", "Opinion beside record"),
    "triangulation_text": (
        "看法：肯定评价的区间高于一半为“好”，低于一半为“差”。记录：时限的区间不低于目标为“好”、低于目标为“差”；规则的违反率区间不高于5%为“好”。其余不能判定。"
        "等级相关以单位为点，只作描述。",
        "Opinion is fine where the interval of the share in favour lies above one half, bad where "
        "it lies below. The record is fine where the interval of a limit reaches its target, bad "
        "where it lies below; of a rule, where at most 5% break it. All else is open. The rank "
        "correlation is over offices, and describes.",
    ),
    "agreement_caption": ("各单位的看法与记录", "Opinion and record office by office"),
    "representation_caption": (
        "有效问卷与在册人员的构成", "Those who answered beside the staff on record",
    ),
    "trends_caption": ("与上次问卷相同题目的变化", "Change of the questions asked before"),
    "interview_themes_caption": ("访谈编码", "Codes of the interviews"),
    "interview_groups_caption": ("不同岗位谈到的主题（次）", "Themes by post (interviews)"),
    "saturation_caption": ("访谈的信息饱和", "When interviews brought up nothing new"),
    "saturation_text": (
        "共访谈{n}人次，归出{codes}个编码；最后{last}次访谈没有新编码。",
        "{n} interviews gave {codes} codes; the last {last} brought up none that was new.",
    ),
    "staff_caption": ("在册人员", "Staff on record"),
    "staff_load_caption": ("人均办理步数", "Steps done for each of the staff"),
    # --- pictures
    "likert_axis": (
        "占作答人数的比例（中间档居中；左为较低档，右为较高档）",
        "share of those who answered (the middle of the scale at zero)",
    ),
    "likert_axis_turned": (
        "占作答人数的比例（中间档居中；左为否定，右为肯定，反向题已调转）",
        "share of those who answered (middle at zero; left against, right in favour, reversed turned)",
    ),
    "likert_least": ("否定的一端", "most against"),
    "likert_middle": ("中间档", "middle"),
    "likert_most": ("肯定的一端", "most in favour"),
    "returns_whole": ("合计", "all"),
    "title_likert": ("作答分布：n = {n} 题", "Answers: n = {n} questions"),
    "choices_axis": (
        "占作答人数的比例（可选多项；横线为95%置信区间）",
        "share of those who answered (several could be chosen; line: 95% interval)",
    ),
    "title_choices": ("各选项：n = {n} 人", "Options: n = {n} respondents"),
    "title_office_opinions": (
        "作肯定评价的比例（%）：n = {n} 个单位，少于{least}人的不显示",
        "Share in favour (%): n = {n} offices, fewer than {least} people not shown",
    ),
    "title_saturation": ("访谈的信息饱和：n = {n} 次", "Saturation: n = {n} interviews"),
    "saturation_fresh": ("新编码", "new codes"),
    "saturation_codes": ("累计编码", "codes so far"),
    "saturation_axis": ("第几次访谈", "interview"),
    # --- the terminal
    "survey_drafted": (
        "已草拟 {file}：{n} 列，其中量表题 {scaled} 题；请看“备注”一列，核对反向、维度，填写关联指标。",
        "{file} was drafted: {n} columns, {scaled} of them with a scale; look at its column note, "
        "at what is reversed and put together, and fill in linked.",
    ),
    "survey_note": ("  {item} {text}：{note}", "  {item} {text}: {note}"),
    "survey_read": (
        "问卷：{n} 份，有效 {valid} 份；{items} 列，其中量表题 {scaled} 题；单位 {offices} 个。",
        "questionnaire: {n} answers, {valid} of them valid; {items} columns, {scaled} with a scale; "
        "{offices} offices.",
    ),
}  # fmt: skip
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {
    "office": ("单位", "office"),
    "issued": ("发放", "issued"),
    "valid": ("有效", "valid"),
    "return_share": ("回收率", "share returned"),
    "valid_share": ("有效率", "share valid"),
    "threshold": ("界限", "threshold"),
    "applied": ("是否适用", "applied"),
    "caught": ("符合人数", "caught"),
    "text": ("题目", "wording"),
    "scale": ("量表", "scale"),
    "reversed": ("反向", "reversed"),
    "construct": ("维度", "construct"),
    "linked": ("关联指标", "linked measure"),
    "line": ("行", "line"),
    "not_applicable": ("不适用", "not applicable"),
    "highest": ("满分", "highest"),
    "top_two": ("最高两档", "top two"),
    "wide_share": ("含中间档", "middle included"),
    "wide_low": ("含中间档下限", "lower limit, middle included"),
    "wide_high": ("含中间档上限", "upper limit, middle included"),
    "weighted_share": ("加权后", "weighted"),
    "against": ("否定人数", "against"),
    "against_share": ("否定比例", "share against"),
    "against_low": ("否定下限", "lower limit against"),
    "against_high": ("否定上限", "upper limit against"),
    "mean": ("均值", "mean"),
    "sd": ("标准差", "standard deviation"),
    "offices": ("单位数", "offices"),
    "icc": ("组内相关", "intraclass correlation"),
    "design_effect": ("设计效应", "design effect"),
    "label": ("用语", "words"),
    "alpha": ("α", "alpha"),
    "rest_r": ("题余相关", "item-rest r"),
    "alpha_if_dropped": ("删后α", "alpha if dropped"),
    "chi2": ("χ²", "chi square"),
    "p_holm": ("校正后p", "p by Holm"),
    "cramers_v": ("克拉默V", "Cramér's V"),
    "option": ("选项", "option"),
    "staff": ("在册人数", "staff"),
    "staff_share": ("在册占比", "share of staff"),
    "weight": ("平均权重", "mean weight"),
    "share_before": ("上次比例", "share before"),
    "difference_share": ("相差", "difference"),
    "code": ("编码", "code"),
    "example": ("举例", "example"),
    "place": ("次序", "place"),
    "fresh": ("新编码", "new codes"),
    "codes": ("累计编码", "codes so far"),
    "headcount": ("人数", "headcount"),
    "masked": ("不明单位数", "offices masked"),
    "at_least": ("是否下限", "lower bound"),
    "per_head": ("人均步数", "steps per head"),
    "record_n": ("记录件数", "n on record"),
    "record": ("记录", "record"),
    "record_low": ("记录下限", "lower limit on record"),
    "record_high": ("记录上限", "upper limit on record"),
    "says": ("看法", "says"),
    "shows": ("记录表现", "shows"),
    "reading": ("对照结果", "reading"),
    "rho": ("等级相关", "rank correlation"),
    "rho_low": ("相关下限", "lower limit of the correlation"),
    "rho_high": ("相关上限", "upper limit of the correlation"),
    "fine_fine": ("都好的单位", "say fine, are fine"),
    "fine_bad": ("看法好、记录差的单位", "say fine, are not"),
    "bad_fine": ("看法差、记录好的单位", "say bad, are fine"),
    "bad_bad": ("都差的单位", "say bad, are bad"),
    "education": ("学历", "education"),
    "post_type": ("人员类别", "post"),
    "age_band": ("年龄段", "age"),
    "office_type": ("单位类型", "kind of office"),
    "years": ("工作年限", "years of work"),
    "chosen": ("选择人数", "chose it"),
    "respondents": ("有效问卷", "respondents"),
}
_ITEM = {"item": ("题目", "question")}
_ASKED = {
    **_ITEM, "n": ("作答人数", "n"), "k": ("肯定人数", "in favour"),
    "share": ("肯定比例", "share in favour"),
}  # fmt: skip
_SAID = {name: pair for name, pair in _ASKED.items() if name != "k"}
_TICKED = {"k": ("选择人数", "chose it"), "n": ("作答人数", "n"), "share": ("占比", "share")}
_TALKED = {"k": ("次数", "interviews"), "n": ("访谈次数", "of"), "share": ("占比", "share")}
#: Table -> column -> (Chinese, English), where a column means something else than elsewhere.
TABLE_HEADS: dict[str, dict[str, tuple[str, str]]] = {
    "returns": {"returned": ("回收", "returned")},
    "validity": {"left_out": ("剔除份数", "left out"), "rule": ("规则", "rule")},
    "items": {"item": ("题号", "item")},
    "opinions": {**_ASKED, "missing": ("未答人数", "blank"), "steps": ("档数", "steps")},
    "levels": {**_ITEM, **_TICKED, "level": ("档次", "step")},
    "reliability": {"items": ("题数", "questions"), "n": ("人数", "n")},
    "item_rest": _ITEM,
    "crosstabs": {**_ITEM, "n": ("人数", "n"), "attribute": ("人群", "trait")},
    "crosstab_cells": {**_ASKED, "attribute": ("人群", "trait")},
    "office_opinions": {
        "n": ("答案数", "answers"), "k": ("肯定数", "in favour"),
        "share": ("肯定比例", "share in favour"),
    },
    "choices": {**_ITEM, **_TICKED},
    "representation": {
        "n": ("有效问卷", "respondents"), "attribute": ("人群", "trait"), "share": ("占比", "share"),
        "effective_n": ("加权后相当人数", "effective n"),
    },
    "trends": {
        **_ITEM, "n_before": ("上次人数", "n before"), "n": ("本次人数", "n"),
        "share": ("本次比例", "share now"),
    },
    "open_answers": {**_ITEM, **_TICKED, "k": ("人数", "respondents"), "n": ("写了意见的", "of")},
    "interview_themes": _TALKED,
    "interview_groups": {
        "k": ("次数", "interviews"), "n": ("访谈次数", "of"), "attribute": ("人群", "trait"),
    },
    "staff": {"attribute": ("人群", "trait")},
    "staff_load": {"steps": ("办理步数", "steps")},
    "agreement": {**_SAID, "measure": ("指标种类", "kind of measure")},
    "triangulation": {**_SAID, "measure": ("指标种类", "kind of measure")},
}  # fmt: skip
