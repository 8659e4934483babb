/**
 * What a definition may say, by type of question: properties that `compile` honours, and properties that only change how a question looks.
 * Any other property might change what is a valid answer, so it is refused at publication instead of being overlooked.
 */
const words = (list: string) => list.split(/\s+/).filter(Boolean)

const everyQuestion =
  words(`type name title description titleLocation descriptionLocation width minWidth maxWidth colSpan
  startWithNewLine indent showNumber hideNumber visible visibleIf isRequired requiredIf requiredErrorText errorLocation state
  useDisplayValuesInDynamicTexts defaultValue showCommentArea hasComment commentText commentPlaceholder validators demand clearIfInvisible`)

const everyChoice = words(`choices choicesOrder choicesVisibleIf hideIfChoicesEmpty separateSpecialChoices colCount`)
const special =
  words(`showOtherItem hasOther showNoneItem hasNone showRefuseItem showDontKnowItem otherPlaceholder noneText
  refuseText dontKnowText otherText otherErrorText storeOthersAsComment`)
const severalChoices = words(`maxSelectedChoices minSelectedChoices showSelectAllItem hasSelectAll selectAllText`)
const listBox = words(`placeholder allowClear searchEnabled searchMode textWrapEnabled autocomplete`)

const byType: Record<string, string[]> = {
  radiogroup: [...everyChoice, ...special, ...words('allowClear showClearButton')],
  dropdown: [...everyChoice, ...special, ...listBox, ...words('choicesMin choicesMax choicesStep')],
  checkbox: [...everyChoice, ...special, ...severalChoices],
  tagbox: [...everyChoice, ...special, ...severalChoices, ...listBox, ...words('hideSelectedItems closeOnSelect')],
  ranking: [
    ...everyChoice,
    ...words(`maxSelectedChoices minSelectedChoices selectToRankEnabled selectToRankSwapAreas selectToRankAreasLayout
      selectToRankEmptyRankedAreaText selectToRankEmptyUnrankedAreaText longTap`),
  ],
  rating:
    words(`rateType scaleColorMode rateColorMode autoGenerate rateValues rateMin rateMax rateStep minRateDescription
    maxRateDescription displayRateDescriptionsAsExtremeItems rateDescriptionLocation displayMode`),
  boolean: words('labelTrue labelFalse valueTrue valueFalse swapOrder displayMode useTitleAsLabel'),
  text: words(`inputType inputSize size textUpdateMode autocomplete min max minErrorText maxErrorText step stepErrorText
    inputTextAlignment maxLength placeholder dataList`),
  comment: words('maxLength rows placeholder textUpdateMode autoGrow allowResize acceptCarriageReturn'),
  matrix:
    words(`rowTitleWidth columns rows cells rowOrder rowsOrder eachRowRequired isAllRowRequired hideIfRowsEmpty rowsVisibleIf
    columnMinWidth showHeader verticalAlign alternateRows displayMode cellType`),
  paneldynamic:
    words(`templateElements templateTitle templateTabTitle tabTitlePlaceholder templateDescription noEntriesText
    newPanelPosition panelCount minPanelCount maxPanelCount panelsState keyName keyDuplicationError confirmDelete confirmDeleteText
    addPanelText removePanelText prevPanelText nextPanelText showQuestionNumbers displayMode showProgressBar progressBarLocation
    tabAlign templateQuestionTitleLocation templateQuestionTitleWidth templateErrorLocation removePanelButtonLocation`),
  html: words('html'),
}

const container =
  words(`type name title description elements questions visible visibleIf questionTitleLocation questionTitleWidth
  questionErrorLocation questionOrder state width minWidth maxWidth colSpan startWithNewLine innerIndent indent showNumber
  showQuestionNumbers questionStartIndex gridLayoutColumns navigationTitle navigationDescription showNavigationButtons`)

const survey =
  words(`$schema sjsVersion locale title description logo logoWidth logoHeight logoFit logoPosition pages elements questions
  notice weighting clearInvisibleValues storeOthersAsComment maxTextLength maxCommentLength triggers calculatedValues autoFocusFirstQuestion
  autoFocusFirstError completedHtml completedBeforeHtml loadingHtml showNavigationButtons navigationButtonsLocation showPrevButton
  showTitle showPageTitles showCompletePage questionOrder showPageNumbers showQuestionNumbers questionTitleLocation
  questionDescriptionLocation questionErrorLocation showProgressBar progressBarLocation progressBarType
  progressBarShowNavigationText progressBarShowPageNumbers progressBarNavigationTextLocation progressBarInheritWidthFrom showTOC
  tocLocation autoAdvanceEnabled autoAdvanceAllowComplete goNextPageAutomatic checkErrorsMode validateVisitedEmptyFields
  textUpdateMode autoGrowComment allowResizeComment commentAreaRows pagePrevText pageNextText completeText previewText editText
  requiredMark requiredText questionStartIndex questionTitlePattern questionsOnPageMode showPreviewBeforeComplete previewMode
  widthMode width fitToContainer headerView gridLayoutEnabled showBrandInfo`)

export const questionTypes = Object.keys(byType)
const ofType = new Map(questionTypes.map((type) => [type, new Set([...everyQuestion, ...(byType[type] ?? [])])]))
export const containerProperties = new Set(container)
export const surveyProperties = new Set(survey)

/** The properties a question of this type may have, or nothing when the type is not compiled at all. */
export function propertiesOf(type: string): Set<string> | undefined {
  return ofType.get(type)
}

/** Properties of one choice; only check boxes know a choice that excludes the others. */
export const itemProperties = new Set(['value', 'text', 'visibleIf', 'isExclusive'])
