namespace Ecart.Eval.DeclaredCopy;

/// <summary>How the verdicts of a declared copy differ from those of the built-in domain.</summary>
/// <param name="Evaluation">Name of the evaluation.</param>
/// <param name="Domain">Name of the declared domain.</param>
/// <param name="Labels">Whether labels became known seven days late, or never.</param>
/// <param name="Events">Transactions that both scored.</param>
/// <param name="Flagged">Of these, flagged by the built-in domain.</param>
/// <param name="DifferentScores">Transactions whose scores differ in any bit.</param>
/// <param name="DifferentRanks">The same of rank scores.</param>
/// <param name="DifferentVectors">The same of embeddings.</param>
/// <param name="DifferentEvidence">Transactions whose evidence differs.</param>
/// <param name="LargestDifference">Of scores and rank scores.</param>
internal sealed record DeclaredCopyResult(
    string Evaluation,
    string Domain,
    string Labels,
    long Events,
    long Flagged,
    long DifferentScores,
    long DifferentRanks,
    long DifferentVectors,
    long DifferentEvidence,
    double LargestDifference);
