using Ecart.Detection.Batch.Neighbours;
using Ecart.Vectors;

namespace Ecart.Bench.Detectors;

/// <summary>Local outlier factor of all rows beside scikit-learn's.</summary>
internal sealed class LocalOutlierFactorFigures : IFigureGroup
{
    public string Name => "lof";

    public IEnumerable<Figure> Measure(MeasuringSession session)
    {
        foreach (int count in MeasuringSession.PeerRows)
        {
            Matrix rows = MeasuringSession.MakeRows(count, MeasuringSession.PeerColumns, 3);
            string size = $"{count / 1000}k";
            double peer = session.Peers.MedianSeconds("lof", rows, session);
            session.Progress.Report($"lof, {count:N0} × {rows.Columns}");
            double ours = session.MedianSeconds(() => new LocalOutlierFactor(
                new LocalOutlierFactorOptions { Search = new() { Threads = session.Threads } }).Fit(rows, session.Cancellation))[0];
            yield return new Figure($"lof_{size}_s", $"LOF(20) of {count:N0} × {rows.Columns} rows, fit and score", ours, "s");
            yield return new Figure($"lof_{size}_sklearn_s", "the same by scikit-learn", peer, "s");
            yield return new Figure($"lof_{size}_speedup", "scikit-learn / ours", peer / ours, "×", "≥ 5");
        }
    }
}
