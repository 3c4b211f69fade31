namespace Ecart.Eval.Nab;

/// <summary>One stream of the benchmark, with its truth.</summary>
/// <param name="name">Folder and file below the data folder, without <c>.gz</c>: <c>realTweets/Twitter_volume_KO.csv</c>.</param>
/// <param name="points">Its points in the order of the file.</param>
/// <param name="windows">Where it is anomalous, in order.</param>
internal sealed class NabStream(string name, IReadOnlyList<NabPoint> points, IReadOnlyList<NabWindow> windows)
{
    /// <summary>Points after which probation grows no more.</summary>
    private const int ProbationPoints = 5000;

    private const double ProbationShare = 0.15;

    /// <inheritdoc cref="NabStream" path="/param[@name='name']"/>
    public string Name => name;

    /// <inheritdoc cref="NabStream" path="/param[@name='points']"/>
    public IReadOnlyList<NabPoint> Points => points;

    /// <inheritdoc cref="NabStream" path="/param[@name='windows']"/>
    public IReadOnlyList<NabWindow> Windows => windows;

    /// <summary>First points in which a detector only learns: no detection there counts.</summary>
    public int Probation => (int)Math.Floor(ProbationShare * Math.Min(points.Count, ProbationPoints));
}
