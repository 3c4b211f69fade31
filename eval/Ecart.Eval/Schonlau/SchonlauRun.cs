using Ecart.Detection.Sequences;

namespace Ecart.Eval.Schonlau;

/// <summary>
/// Scores the test blocks of every user by the sequence detector of the user_behavior domain. It knows the user's own clean blocks and, as contrast, those of the
/// others; every block is scored before the detector decides whether it takes it for the user's own.
/// </summary>
internal static class SchonlauRun
{
    /// <param name="users">All users.</param>
    /// <param name="options">Constants of the detector.</param>
    /// <param name="learnsItself">Whether test blocks that it takes for the user's own are learned.</param>
    public static SchonlauFigures Score(IReadOnlyList<SchonlauUser> users, SequenceOptions options, bool learnsItself = true)
    {
        var detector = new SequenceDetector(options with { BlockLength = SchonlauUser.BlockLength });
        var population = new SequenceCounts(options.PopulationActions);
        var reference = new SequenceReference(population);
        var histories = new SequenceHistory[users.Count];
        for (int i = 0; i < users.Count; i++)
        {
            histories[i] = new SequenceHistory(options);
            foreach (ulong command in users[i].Commands.AsSpan(0, SchonlauUser.CleanBlocks * SchonlauUser.BlockLength))
                detector.Learn(histories[i], command, ticks: 0, double.NaN, isNormal: true, population, role: null);
        }

        var scores = new double[users.Count][];
        for (int i = 0; i < users.Count; i++) scores[i] = ScoreTests(detector, histories[i], users[i], in reference, learnsItself);
        return new SchonlauFigures(users, scores);
    }

    private static double[] ScoreTests(
        SequenceDetector detector, SequenceHistory history, SchonlauUser user, in SequenceReference reference, bool learnsItself)
    {
        var scores = new double[user.Blocks - SchonlauUser.CleanBlocks];
        for (int block = 0; block < scores.Length; block++)
        {
            foreach (ulong command in user.Block(SchonlauUser.CleanBlocks + block))
            {
                scores[block] = detector.Score(history, command, ticks: 0, in reference);
                detector.Learn(history, command, ticks: 0, scores[block], learnsItself, population: null, role: null);
            }
        }

        return scores;
    }
}
