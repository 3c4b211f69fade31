using System.Globalization;
using System.Text.Json;

namespace Ecart.Bench.Detectors;

/// <summary>Tells the figures to a person, then to a machine.</summary>
internal static class DetectorsReport
{
    private static readonly string[] Headings = ["figure", "value", "unit", "to reach", "meaning"];

    public static void Write(MeasuringSession session, IReadOnlyList<Figure> figures)
    {
        ReportTable.Write(
            $"{Environment.ProcessorCount} processors, {session.Threads} threads in bulk work, median of {session.Rounds} rounds, scikit-learn {session.Peers.Version ?? "absent"}",
            Headings,
            figures.Select(figure => new[] { figure.Key, Number(figure.Value), figure.Unit, figure.Bar, figure.Meaning }));
        var json = new Dictionary<string, object?> { ["bench"] = "detectors" };
        foreach (Figure figure in figures) json[figure.Key] = double.IsFinite(figure.Value) ? Rounded(figure.Value) : null;
        Console.WriteLine(JsonSerializer.Serialize(json));
    }

    /// <summary>Four significant digits; "–" for what could not be measured.</summary>
    public static string Number(double value) => double.IsFinite(value) ? Rounded(value).ToString("G6", CultureInfo.InvariantCulture) : "–";

    private static double Rounded(double value) =>
        value == 0 ? 0 : double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
