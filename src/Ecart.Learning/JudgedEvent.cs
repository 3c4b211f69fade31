namespace Ecart.Learning;

/// <summary>An event that two models scored and whose truth is known.</summary>
/// <param name="Champion">What ranked it: the champion's probability, or the untrained rank score.</param>
/// <param name="Challenger">The challenger's probability.</param>
/// <param name="IsFraud">The truth.</param>
public readonly record struct JudgedEvent(double Champion, double Challenger, bool IsFraud);
