using Ecart.Domains.Declared;
using Ecart.Eval.DeclaredCopy;
using Ecart.Eval.Tests.FraudHandbook;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Eval.Tests.DeclaredCopy;

public sealed class DeclaredCopyTests
{
    private static readonly DomainDeclaration Copy =
        DeclaredCopyEvaluation.Read(Path.Combine(RepositoryRoot.Path, "examples", "domains", "transactions-copy.yaml"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compare_Copy_DiffersNowhere(bool hasLabels)
    {
        DeclaredCopyResult result = Compare(Copy, hasLabels);
        Assert.Equal(91 * 60, result.Events);
        Assert.Equal((0, 0, 0, 0, 0.0), (result.DifferentScores, result.DifferentRanks, result.DifferentVectors, result.DifferentEvidence, result.LargestDifference));
    }

    [Fact]
    public void Compare_OtherWeightAndConstant_IsSeen()
    {
        DeclaredCopyResult result = Compare(
            Copy with
            {
                Encoders = [.. Copy.Encoders.Select((encoder, i) => i == 0 ? encoder with { Weight = 0.9 } : encoder)],
                Transactions = Copy.Transactions! with { NightActivity = new() { Contribution = 0.2 } },
            },
            false);
        Assert.Equal(result.Events, result.DifferentVectors);
        Assert.True(result.DifferentScores > 100, $"{result.DifferentScores}");
        Assert.InRange(result.LargestDifference, 0.05, 1);
    }

    private static DeclaredCopyResult Compare(DomainDeclaration declaration, bool hasLabels)
    {
        using var files = new MonthlyFiles();
        return new DeclaredCopyRun(declaration, hasLabels).Compare([files.PathOf("2018-04"), files.PathOf("2018-05"), files.PathOf("2018-06")], TimeProvider.System, _ => { });
    }
}
