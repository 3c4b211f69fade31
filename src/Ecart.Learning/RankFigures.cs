namespace Ecart.Learning;

/// <summary>How well scores put fraud first.</summary>
/// <param name="RocAuc">Area under the ROC curve: 0.5 is chance.</param>
/// <param name="AveragePrecision">Average precision.</param>
/// <param name="RecallAtBudget">Share of the frauds among the highest scores that people have time to look at.</param>
public readonly record struct RankFigures(double RocAuc, double AveragePrecision, double RecallAtBudget);
