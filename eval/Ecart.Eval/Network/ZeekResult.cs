namespace Ecart.Eval.Network;

/// <summary>The figures of the Zeek captures: means over those with an inner attacker and at least a day to learn from.</summary>
/// <param name="Evaluation">Name of the evaluation.</param>
/// <param name="Captures">Captures that the means are over.</param>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="Ap">Average precision.</param>
/// <param name="BenignHostDays">Days of hosts without a malicious connection, of all captures.</param>
/// <param name="WorstHostDayAlerts">Most alerts on one of them.</param>
internal sealed record ZeekResult(string Evaluation, int Captures, double Auc, double Ap, int BenignHostDays, int WorstHostDayAlerts);
