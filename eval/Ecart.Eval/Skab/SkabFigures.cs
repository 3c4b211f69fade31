using Ecart.Eval.Plants;

namespace Ecart.Eval.Skab;

/// <summary>What one experiment came to.</summary>
/// <param name="Group">Folder of the file, such as <c>valve1</c>.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Threshold">Set from the training rows alone.</param>
/// <param name="Counts">Rows after training.</param>
internal sealed record SkabFigures(string Group, string Name, double Threshold, AlarmCounts Counts);
