namespace Ecart.Eval.FraudHandbook;

/// <summary>What labels do in a run.</summary>
/// <param name="IsFeedback">They become known late and count in histories; otherwise no label is used at all.</param>
/// <param name="IsLearning">Trees learn from those known before the test days, and rank.</param>
internal readonly record struct LabelUse(bool IsFeedback, bool IsLearning)
{
    /// <summary>Every run there is, the one that counts last.</summary>
    public static IReadOnlyList<LabelUse> All { get; } = [new(false, false), new(true, false), new(true, true)];

    /// <summary>How the command line, the results and the last line name a switch.</summary>
    public static string NameOf(bool isOn) => isOn ? "on" : "off";

    /// <summary>For file names and headings.</summary>
    public override string ToString() => IsLearning ? "learned" : NameOf(IsFeedback);
}
