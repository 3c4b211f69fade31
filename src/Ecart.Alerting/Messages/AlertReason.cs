namespace Ecart.Alerting.Messages;

/// <summary>Why an event raised an alert.</summary>
/// <param name="Type">Code of the evidence, for example <c>velocity</c>.</param>
/// <param name="Score">What it adds to the score.</param>
/// <param name="Detail">A sentence with numbers.</param>
public sealed record AlertReason(string Type, double Score, string Detail);
