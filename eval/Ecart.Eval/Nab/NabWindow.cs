namespace Ecart.Eval.Nab;

/// <summary>Points of a stream in which a detection counts as true: first and last, both included.</summary>
internal readonly record struct NabWindow(int First, int Last)
{
    /// <summary>How many points it has.</summary>
    public int Width => Last - First + 1;
}
