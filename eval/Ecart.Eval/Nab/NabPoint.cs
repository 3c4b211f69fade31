namespace Ecart.Eval.Nab;

/// <summary>One row of a stream.</summary>
/// <param name="Time">When.</param>
/// <param name="Value">What was measured; NaN where the row has none.</param>
/// <param name="TimeText">The time as the file has it.</param>
/// <param name="ValueText">The value as the file has it.</param>
internal readonly record struct NabPoint(DateTime Time, double Value, string TimeText, string ValueText);
