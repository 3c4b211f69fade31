namespace Ecart.App.Serve.Pages.Parts;

/// <summary>One line of a plot.</summary>
/// <param name="Name">What it shows, for the key.</param>
/// <param name="Class">Its colour: a, b, c or d.</param>
/// <param name="Points">Its points, by x.</param>
public sealed record PlotSeries(string Name, string Class, IReadOnlyList<(double X, double Y)> Points);
