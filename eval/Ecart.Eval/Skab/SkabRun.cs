using Ecart.Domains.Iot.Calibration;
using Ecart.Eval.Plants;
using Ecart.Eval.Running;

namespace Ecart.Eval.Skab;

/// <summary>The protocol of the benchmark: each file by itself, its first rows to learn from, the rest to be scored in order.</summary>
internal static class SkabRun
{
    /// <summary>Name of the set's folder.</summary>
    public const string SetName = "skab";

    /// <summary>Rows at the start of a file that are normal operation.</summary>
    public const int TrainingRows = 400;

    private const string Label = "anomaly";

    /// <summary>The experiments below a folder: every file that says of each row whether it is an anomaly.</summary>
    public static IReadOnlyList<string> FilesIn(string folder) =>
        [.. PlantRecord.FilesBelow(folder).Where(path => PlantRecord.HasColumn(path, Label))];

    /// <summary>Learns and scores one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scoresOut">Folder that receives the scores; null for none.</param>
    /// <returns>Null when the file ends with training.</returns>
    /// <exception cref="EvaluationException">The file cannot be read.</exception>
    public static SkabFigures? Measure(string path, string? scoresOut)
    {
        PlantRecord record = PlantRecord.Read(path, Label, "changepoint");
        int tested = record.Values.Rows - TrainingRows;
        if (tested <= 0) return null;
        var device = new PlantDevice(record);
        CalibratedDevice calibrated = device.Calibrate(TrainingRows, CancellationToken.None);
        PlantScores scores = device.Score(calibrated, TrainingRows, _ => { });
        bool[] isAnomaly = record.IsAnomaly![TrainingRows..];
        string group = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))!;
        if (scoresOut is not null) scores.Write(Path.Combine(scoresOut, $"{group}_{record.Name}.csv"), record.Times?[TrainingRows..], isAnomaly);
        return new SkabFigures(group, record.Name, calibrated.JointThreshold, AlarmCounts.Of(scores.Alarms, isAnomaly));
    }
}
