namespace Ecart.Streaming.Live;

/// <summary>The lane of an item has another owner now: nothing was stored, hand the item in there.</summary>
internal sealed class LaneElsewhereException(int lane) : Exception($"Lane {lane} is owned by another process now.")
{
    public int Lane => lane;
}
