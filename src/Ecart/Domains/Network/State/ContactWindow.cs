using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ecart.Domains.Network;

/// <summary>
/// The newest distinct contacts of one source, a contact being a destination and a port, each with its newest time and whether it failed. What a scan is told
/// by. Bounded: far more contacts than the limit of any scan count as that many. Not thread-safe.
/// </summary>
internal sealed class ContactWindow
{
    /// <summary>The most contacts remembered.</summary>
    public const int Capacity = 256;

    private const int LeastLength = 8;

    /// <summary>2^9: the hash of a port has nine bits.</summary>
    private const int SlotsOfPorts = 512;

    private ulong[] keys = [];
    private Contact[] contacts = [];
    private int next;

    public int Count { get; private set; }

    /// <summary>Position that the next new contact takes once the window is full.</summary>
    public int Next => next;

    public ReadOnlySpan<Contact> All => contacts.AsSpan(0, Count);

    /// <summary>Takes in a contact; one that is known already is renewed.</summary>
    public void Add(in Contact contact)
    {
        ulong key = KeyOf(contact.Destination, contact.Target);
        int position = keys.AsSpan(0, Count).IndexOf(key);
        if (position < 0) position = Place();
        else if (contacts[position].Ticks > contact.Ticks) return;
        bool isNew = contact.IsNew || (keys[position] == key && contacts[position].IsNew);
        keys[position] = key;
        contacts[position] = contact with { IsNew = isNew };
    }

    /// <summary>Counts distinct targets in the time before an event, the event's own contact included as it is.</summary>
    /// <param name="window">The window; null for an empty one.</param>
    /// <param name="own">The event's contact.</param>
    /// <param name="fromTicks">Contacts at or before this time do not count.</param>
    [SkipLocalsInit]
    public static FanOut Measure(ContactWindow? window, in Contact own, long fromTicks)
    {
        Span<int> seen = stackalloc int[SlotsOfPorts];
        seen.Clear();
        var fan = new FanOut { Contacts = 1, PortsThere = 1, HostsOnPort = 1, Ports = 1 };
        int failed = own.IsFailed ? 1 : 0;
        fan.Failed = fan.FailedPortsThere = fan.FailedHostsOnPort = failed;
        fan.NewHostsOnPort = own.IsNew ? 1 : 0;
        Mark(seen, own.Target);
        if (window is null) return fan;
        foreach (ref readonly Contact contact in window.All)
        {
            if (contact.Ticks <= fromTicks) continue;
            bool isThere = contact.Destination == own.Destination;
            bool isOnPort = contact.Target == own.Target;
            if (isThere && isOnPort) continue;
            failed = contact.IsFailed ? 1 : 0;
            fan.Contacts++;
            fan.Failed += failed;
            if (isThere)
            {
                fan.PortsThere++;
                fan.FailedPortsThere += failed;
            }
            else if (isOnPort)
            {
                fan.HostsOnPort++;
                fan.FailedHostsOnPort += failed;
                fan.NewHostsOnPort += contact.IsNew ? 1 : 0;
            }

            if (Mark(seen, contact.Target)) fan.Ports++;
        }

        return fan;
    }

    internal void Restore(int nextPosition) => next = nextPosition;

    /// <summary>Notes a port in a table of slots, never more than half full; 0 is an empty slot.</summary>
    private static bool Mark(Span<int> seen, int target)
    {
        int slot = (int)((uint)target * 0x9E3779B9u >> 23);
        while (seen[slot] != 0)
        {
            if (seen[slot] == target + 1) return false;
            slot = (slot + 1) % SlotsOfPorts;
        }

        seen[slot] = target + 1;
        return true;
    }

    private static ulong KeyOf(ulong destination, int target) =>
        BitOperations.RotateLeft(destination, 17) ^ ((ulong)(uint)target * 0x9E3779B97F4A7C15UL);

    private int Place()
    {
        if (Count == Capacity)
        {
            int oldest = next;
            next = (next + 1) % Capacity;
            return oldest;
        }

        if (Count == keys.Length)
        {
            int length = Math.Clamp(2 * Count, LeastLength, Capacity);
            Array.Resize(ref keys, length);
            Array.Resize(ref contacts, length);
        }

        return Count++;
    }

    /// <param name="Ticks">Newest time.</param>
    /// <param name="Destination">Hash of the destination.</param>
    /// <param name="Target">Port with protocol.</param>
    /// <param name="IsFailed">Whether it brought nothing the last time.</param>
    /// <param name="IsNew">Whether it is a probe, and the source had never connected to the destination before the first time.</param>
    public readonly record struct Contact(long Ticks, ulong Destination, int Target, bool IsFailed, bool IsNew);
}
