namespace Ecart.Eval.NslKdd;

/// <summary>Connection records as they stand in a file.</summary>
/// <param name="Names">Names of the features, in the order of the cells.</param>
/// <param name="Cells">One record after another, a text for each feature.</param>
/// <param name="Labels">One a record: <c>normal</c> or the name of an attack.</param>
/// <param name="Categories">Kind of the attack (dos, probe, r2l, u2r), the label where the file does not say.</param>
internal sealed record ConnectionRecords(IReadOnlyList<string> Names, IReadOnlyList<string[]> Cells, IReadOnlyList<string> Labels, IReadOnlyList<string> Categories)
{
    public const string Normal = "normal";

    public int Count => Cells.Count;

    public bool IsAttack(int record) => Labels[record] != Normal;

    /// <summary>Some of the records, in the order given.</summary>
    public ConnectionRecords Select(IReadOnlyCollection<int> records) => new(
        Names, [.. records.Select(record => Cells[record])], [.. records.Select(record => Labels[record])], [.. records.Select(record => Categories[record])]);
}
