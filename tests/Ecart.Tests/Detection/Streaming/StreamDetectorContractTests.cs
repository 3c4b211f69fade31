using Ecart.Detection;
using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

/// <summary>What holds for every streaming detector.</summary>
public sealed class StreamDetectorContractTests
{
    public static TheoryData<string> Kinds => [.. StreamDetectors.All];

    public static TheoryData<string, int> KindsAtDimensions
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach ((string kind, int dimension) in Streams.KindsAt(1, 7, 128)) data.Add(kind, dimension);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Make_Kind_IsWhatWasAskedFor(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 3);

        Assert.Equal((kind, 3, false), (detector.Kind, detector.Dimension, detector.HasOpinion));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Make_ImpossibleDimension_IsRefused(string kind)
    {
        Assert.Throws<OptionsException>(() => StreamDetectors.Make(kind, 0));
        Assert.Throws<OptionsException>(() => StreamDetectors.Make(kind, 70_000));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_BadInput_NamesIt(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 3);

        Assert.Contains("2 dimensions", Assert.Throws<DetectorInputException>(() => detector.Score([1, 2])).Message, StringComparison.Ordinal);
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue })
        {
            Assert.Contains("dimension 1", Assert.Throws<DetectorInputException>(() => detector.Score([1, bad, 2])).Message, StringComparison.Ordinal);
            Assert.Contains("dimension 2", Assert.Throws<DetectorInputException>(() => detector.Learn([1, 2, bad])).Message, StringComparison.Ordinal);
        }

        Assert.Throws<DetectorInputException>(() => detector.Explain([1, 2, 3], new double[2]));
        Assert.Equal(0, detector.Learned);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_TooLittleLearned_IsZero(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 2);
        var contributions = new double[] { 5, 5 };

        Assert.Equal(0, detector.Score([100, 100]));
        detector.Learn([1, 2]);
        Assert.Equal(0, detector.Score([100, 100]));
        detector.Explain([100, 100], contributions);
        Assert.Equal([0, 0], contributions);
        Streams.LearnNormal(detector, new SeededRandom(1), 300);
        Assert.True(detector.HasOpinion);
        Assert.True(detector.Score([100, 100]) > 0);
    }

    [Theory]
    [MemberData(nameof(KindsAtDimensions))]
    public void Score_FarVector_IsStrangerThanTypicalOnes(string kind, int dimension)
    {
        StreamDetector detector = StreamDetectors.Make(kind, dimension);
        var random = new SeededRandom(7);
        Streams.LearnNormal(detector, random, 800);

        var typical = new double[200];
        for (int i = 0; i < typical.Length; i++) typical[i] = detector.Score(Streams.Normal(random, dimension));
        double far = Streams.MeanScore(detector, random, 20, centre: 8);

        Array.Sort(typical);
        Assert.True(far > typical[^3], $"{far} against {typical[^3]}");
        Assert.All(typical, score => Assert.True(score >= 0));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ScoreAndExplain_Repeated_ChangeNothing(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 5);
        var random = new SeededRandom(3);
        Streams.LearnNormal(detector, random, 400);
        byte[] before = detector.Save();

        float[] vector = Streams.Normal(random, 5, 3);
        double first = detector.Score(vector);
        detector.Explain(vector, new double[5]);

        Assert.Equal(first, detector.Score(vector));
        Assert.Equal(before, detector.Save());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_AllocatesNothing(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 16);
        var random = new SeededRandom(3);
        Streams.LearnNormal(detector, random, 600);
        float[] vector = Streams.Normal(random, 16);
        detector.Score(vector);

        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 100; i++) detector.Score(vector);

        }));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Learn_SteadyState_HoldsNoMoreBytes(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 4);
        var random = new SeededRandom(3);
        Streams.LearnNormal(detector, random, 8000);
        long bytes = detector.Bytes;

        Streams.LearnNormal(detector, random, 4000, centre: 3);

        Assert.InRange(detector.Bytes, 1, 2 * bytes);
        Assert.InRange(detector.Bytes, 1, 8 << 20);
    }

    [Theory]
    [MemberData(nameof(KindsAtDimensions))]
    public void Restore_Saved_GoesOnAsTheOriginal(string kind, int dimension)
    {
        StreamDetector original = StreamDetectors.Make(kind, dimension);
        var random = new SeededRandom(11);
        foreach (int more in new[] { 0, 5, 600 })
        {
            Streams.LearnNormal(original, random, more);
            IStreamDetector restored = StreamArtefact.Restore(original.Save());
            Assert.Equal((original.Kind, original.Dimension, original.HasOpinion), (restored.Kind, restored.Dimension, restored.HasOpinion));
            for (int i = 0; i < 300; i++)
            {
                float[] vector = Streams.Normal(random, dimension, i % 50 == 0 ? 6 : 0);
                Assert.Equal(original.Score(vector), restored.Score(vector));
                original.Learn(vector);
                restored.Learn(vector);
            }

            Assert.Equal(original.Save(), restored.Save());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Explain_OneDimensionOut_NamesIt(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 6);
        var random = new SeededRandom(5);
        Streams.LearnNormal(detector, random, 1000);
        var contributions = new double[6];

        for (int dimension = 0; dimension < 6; dimension++)
        {
            var vector = new float[6];
            vector[dimension] = 9;
            detector.Explain(vector, contributions);

            Assert.All(contributions, contribution => Assert.True(contribution >= 0));
            Assert.Equal(dimension, Array.IndexOf(contributions, contributions.Max()));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_ConstantStream_IsFiniteAndKnowsTheConstant(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 3);
        for (int i = 0; i < 1500; i++) detector.Learn([5, 0, -1000]);

        double same = detector.Score([5, 0, -1000]);
        double other = detector.Score([6, 0, -1000]);

        Assert.True(double.IsFinite(same) && double.IsFinite(other) && other > same, $"{same} {other}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_DuplicatesAndConstantDimensions_AreFinite(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 3);
        var random = new SeededRandom(5);
        for (int i = 0; i < 3000; i++)
        {
            float[] vector = [random.Next(3), 7, random.Chance(0.01) ? 1 : 0];
            Assert.True(double.IsFinite(detector.Score(vector)));
            detector.Learn(vector);
        }

        Assert.True(detector.Score([1, 8, 0]) > detector.Score([1, 7, 0]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_LargestMagnitudes_AreFinite(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 4);
        var random = new SeededRandom(5);
        Streams.LearnNormal(detector, random, 300);
        float[] huge = [StreamDetector.MaximumMagnitude, -StreamDetector.MaximumMagnitude, 0, 1];

        for (int i = 0; i < 400; i++)
        {
            Assert.True(double.IsFinite(detector.Score(huge)));
            detector.Learn(huge);
            detector.Learn([1e-30f, 0, -1e-30f, 1]);
        }

        Assert.True(double.IsFinite(detector.Score([0, 0, 0, 0])));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_FourThousandDimensions_IsDefined(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 4096);
        var random = new SeededRandom(5);
        for (int i = 0; i < 8; i++)
        {
            float[] vector = Streams.Normal(random, 4096);
            for (int again = 0; again < 32; again++) detector.Learn(vector);
        }

        Assert.True(detector.HasOpinion);
        Assert.True(detector.Score(Streams.Normal(random, 4096, 10)) is > 0 and < double.MaxValue);
        Assert.InRange(detector.Bytes, 1, 100L << 20);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_AfterAGenuineShift_Recovers(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 5);
        var random = new SeededRandom(9);
        Streams.LearnNormal(detector, random, 3000);
        double typical = Streams.MeanScore(detector, random, 100);
        double shifted = Streams.MeanScore(detector, random, 100, centre: 8);

        Streams.LearnNormal(detector, random, 600, centre: 8);

        double after = Streams.MeanScore(detector, random, 100, centre: 8);
        Assert.True(after < typical + (0.25 * (shifted - typical)), $"typical {typical}, shifted {shifted}, after {after}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_AfterAShortAttack_StillSeesIt(string kind)
    {
        if (kind == HalfSpaceTrees.KindName) return; // Its whole memory is one window.
        StreamDetector detector = StreamDetectors.Make(kind, 5);
        var random = new SeededRandom(9);
        Streams.LearnNormal(detector, random, 3000);
        double typical = Streams.MeanScore(detector, random, 100);
        double strange = Streams.MeanScore(detector, random, 100, centre: 8);

        Streams.LearnNormal(detector, random, 20, centre: 8);

        double after = Streams.MeanScore(detector, random, 100, centre: 8);
        Assert.True(after > typical + (0.3 * (strange - typical)), $"typical {typical}, strange {strange}, after {after}");
    }
}
