using System.Numerics.Tensors;
using Ecart.Detection.Batch;

namespace Ecart.Detection.Process;

/// <summary>What a <see cref="ProcessMonitor"/> remembers of the last rows. Not thread-safe.</summary>
internal sealed class ProcessState(int signals, int window, int hold)
{
    private readonly double[] before = new double[signals];
    private readonly double[] residuals = new double[signals * Math.Max(window - 1, 0)];
    private readonly double[] evidence = new double[Math.Max(hold - 1, 0)];
    private long seen;

    /// <summary>Position of the next row, counted from the first training row.</summary>
    public long Position { get; set; }

    public bool IsAlarm { get; set; }

    public bool HasBefore => seen > 0;

    /// <summary>The row before, standardised.</summary>
    public ReadOnlySpan<double> Before => before;

    /// <summary>What normal operation has drifted by, for each signal's residual.</summary>
    public double[] Drift { get; } = new double[signals];

    public long Bytes => sizeof(double) * ((2L * signals) + residuals.Length + evidence.Length);

    public void CopyFrom(ProcessState other)
    {
        other.before.CopyTo(before, 0);
        other.residuals.CopyTo(residuals, 0);
        other.evidence.CopyTo(evidence, 0);
        other.Drift.CopyTo(Drift, 0);
        seen = other.seen;
        Position = other.Position;
        IsAlarm = other.IsAlarm;
    }

    public void Clear(long position)
    {
        ClearRows(position);
        Array.Clear(Drift);
    }

    /// <summary>Forgets the rows and the alarm, not the drift.</summary>
    public void ClearRows(long position)
    {
        Array.Clear(before);
        Array.Clear(residuals);
        Array.Clear(evidence);
        seen = 0;
        Position = position;
        IsAlarm = false;
    }

    /// <summary>The mean residuals of the last rows and this one.</summary>
    public void AverageWith(ReadOnlySpan<double> latest, Span<double> averages)
    {
        latest.CopyTo(averages);
        int kept = (int)Math.Min(seen, window - 1);
        for (int i = 0; i < kept; i++) TensorPrimitives.Add(averages, residuals.AsSpan(i * signals, signals), averages);
        TensorPrimitives.Divide(averages, kept + 1, averages);
    }

    /// <summary>The score when this is the evidence of the next row: the root of the mean of the last ones.</summary>
    public double ScoreWith(double latest)
    {
        int kept = (int)Math.Min(seen, hold - 1);
        return Math.Sqrt((latest + TensorPrimitives.Sum<double>(evidence.AsSpan(0, kept))) / (kept + 1));
    }

    /// <summary>Takes a row; the oldest makes room.</summary>
    public void Push(ReadOnlySpan<double> standard, ReadOnlySpan<double> latest, double latestEvidence)
    {
        standard.CopyTo(before);
        if (window > 1) latest.CopyTo(residuals.AsSpan((int)(seen % (window - 1)) * signals, signals));
        if (hold > 1) evidence[(int)(seen % (hold - 1))] = latestEvidence;
        seen++;
        Position++;
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Long(seen);
        writer.Long(Position);
        writer.Int(IsAlarm ? 1 : 0);
        writer.Doubles(before);
        writer.Doubles(residuals);
        writer.Doubles(evidence);
        writer.Doubles(Drift);
    }

    public void Read(ref ArtefactReader reader)
    {
        seen = reader.Long();
        Position = reader.Long();
        IsAlarm = reader.Int(0, 1) == 1;
        reader.Doubles(before.Length).CopyTo(before, 0);
        reader.Doubles(residuals.Length).CopyTo(residuals, 0);
        reader.Doubles(evidence.Length).CopyTo(evidence, 0);
        reader.Doubles(Drift.Length).CopyTo(Drift, 0);
        if (seen < 0 || Position < 0) throw new ArtefactException("The artefact is damaged: a count is negative. Restore it from a backup or train again.");
    }
}
