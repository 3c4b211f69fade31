namespace Ecart.Eval.NslKdd;

/// <summary>What is learned from and what is measured.</summary>
/// <param name="Normal">The normal ones among the first 80 % of the training file's records.</param>
/// <param name="Test">The rest of them, or the records of the test file.</param>
/// <param name="TestName">What the test is, for a person.</param>
internal sealed record NslKddSplit(ConnectionRecords Normal, ConnectionRecords Test, string TestName)
{
    private const double TrainingShare = 0.8;

    public static NslKddSplit Of(ConnectionRecords training, ConnectionRecords? test, string? testFile)
    {
        int first = (int)(TrainingShare * training.Count);
        ConnectionRecords normal = training.Select([.. Enumerable.Range(0, first).Where(record => !training.IsAttack(record))]);
        return test is null
            ? new NslKddSplit(normal, training.Select([.. Enumerable.Range(first, training.Count - first)]), "last 20 % of the training file")
            : new NslKddSplit(normal, test, Path.GetFileName(testFile!));
    }
}
