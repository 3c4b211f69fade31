using Ecart.Domains.Iot.Calibration;
using Ecart.Eval.Plants;
using Ecart.Eval.Running;
using Ecart.Vectors;

namespace Ecart.Eval.Batadal;

/// <summary>The protocol of the competition: learn from the record without attacks, then score each attacked one in order.</summary>
internal sealed class BatadalRun
{
    /// <summary>Name of the set's folder.</summary>
    public const string SetName = "batadal";

    private const string Label = "ATT_FLAG";

    private readonly CalibratedDevice calibrated;

    private BatadalRun(PlantRecord normal, IReadOnlyList<PlantRecord> attacked, CancellationToken cancellation)
    {
        Attacked = attacked;
        calibrated = new PlantDevice(normal).Calibrate(normal.Values.Rows, cancellation);
        Threshold = calibrated.JointThreshold;
    }

    /// <summary>Records with attacks, in the order of their paths.</summary>
    public IReadOnlyList<PlantRecord> Attacked { get; }

    /// <summary>Set from the normal record alone.</summary>
    public double Threshold { get; }

    /// <summary>Whether a folder holds records that say which rows are attacks.</summary>
    public static bool IsSet(string folder) => PlantRecord.FilesBelow(folder).Any(path => PlantRecord.HasColumn(path, Label));

    /// <summary>Reads the records of a folder and learns from the longest without an attack.</summary>
    /// <param name="folder">The set's folder.</param>
    /// <param name="notice">Told of files that are left out.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="EvaluationException">A normal or an attacked record is missing.</exception>
    public static BatadalRun Of(string folder, Action<string> notice, CancellationToken cancellation)
    {
        var records = new List<PlantRecord>();
        foreach (string path in PlantRecord.FilesBelow(folder))
        {
            if (PlantRecord.HasColumn(path, Label)) records.Add(PlantRecord.Read(path, Label));
            else notice($"{path} is left out: it has no column {Label}.");
        }

        PlantRecord normal = records.Where(record => !record.IsAnomaly!.Contains(true)).MaxBy(record => record.Values.Rows)
            ?? throw new EvaluationException($"{folder} has no file in which {Label} is never 1, to learn from: put the attack-free record there.");
        PlantRecord[] attacked = [.. records.Where(record => record.IsAnomaly!.Contains(true)).Select(record => Arrange(record, normal.Signals))];
        if (attacked.Length == 0) throw new EvaluationException($"{folder} has no file in which {Label} is 1 anywhere: put an attacked record there.");
        return new BatadalRun(normal, attacked, cancellation);
    }

    /// <summary>Scores an attacked record; nothing is carried over from another.</summary>
    public PlantScores Score(PlantRecord attacked, Action<double> progress) => new PlantDevice(attacked).Score(calibrated, 0, progress);

    /// <summary>A record with its signals in the order of the normal one's.</summary>
    private static PlantRecord Arrange(PlantRecord record, IReadOnlyList<string> signals)
    {
        if (record.Signals.SequenceEqual(signals, StringComparer.OrdinalIgnoreCase)) return record;
        var names = record.Signals.Select((name, column) => (name, column)).ToDictionary(pair => pair.name, pair => pair.column, StringComparer.OrdinalIgnoreCase);
        var values = new Matrix(record.Values.Rows, signals.Count);
        for (int column = 0; column < signals.Count; column++)
        {
            if (!names.TryGetValue(signals[column], out int from))
                throw new EvaluationException($"The attacked record {record.Name} has no signal {signals[column]}, which the normal one has.");
            for (int row = 0; row < values.Rows; row++) values.Row(row)[column] = record.Values.Row(row)[from];
        }

        return record with { Signals = signals, Values = values };
    }
}
